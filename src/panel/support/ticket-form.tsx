/** What is asked for a new ticket: topic, device, message. What was typed stays when it is refused. */
import { Button, Group, NativeSelect, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { License, Ticket } from '../api/schema';
import { useRepeatKey } from '../api/use-repeat-key';
import { nameOf, stateWords } from '../license/device-words';
import { knownDevicesQuery } from '../license/license.queries';
import { ProblemAlert } from '../shell/problem-alert';
import { TextLink } from '../shell/text-link';
import { ticketKey } from './tickets.queries';
import { TopicChoice } from './topic-choice';

const fields = ['topic', 'deviceId', 'message'] as const;

export function TicketForm({ license, deviceId }: { license: License; deviceId: string | undefined }) {
  const [topic, setTopic] = useState<Ticket['topic']>('deviceDeactivation');
  const [device, setDevice] = useState(deviceId ?? '');
  const [message, setMessage] = useState('');
  const { data: devices = [] } = useQuery(knownDevicesQuery(license.id));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { headerFor, succeeded } = useRepeatKey();
  const open = useMutation({
    mutationFn: () => {
      const body = { licenseId: license.id, topic, message, ...(device === '' ? {} : { deviceId: device }) };
      return taken(client.POST('/v1/support-tickets', { params: { header: headerFor(body) }, body }));
    },
    onSuccess: (ticket) => {
      succeeded();
      queries.setQueryData(ticketKey(ticket.id), ticket);
      void navigate({ to: '/support/$ticketId', params: { ticketId: ticket.id } });
    },
    // Support & Upgrade may have ended while this page was open.
    onError: () => void queries.invalidateQueries({ queryKey: ['license', license.id] }),
  });
  const errors = fieldErrors(open.error, fields);
  const isListed = device === '' || devices.some(({ id }) => id === device);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    open.mutate();
  };
  return (
    <form className="form form-readable" onSubmit={submit} noValidate>
      <Text>
        License:{' '}
        <TextLink to="/licenses/$licenseId" params={{ licenseId: license.id }} fw={600}>
          {license.product}
        </TextLink>
      </Text>
      <TopicChoice license={license} topic={topic} error={errors.topic} onChange={setTopic} />
      <NativeSelect
        label="Device"
        description="The one that it is about, if it is about one."
        data={[
          { value: '', label: 'No particular device' },
          ...(isListed ? [] : [{ value: device, label: 'The device that you came from' }]),
          ...devices.map((one) => ({
            value: one.id,
            label: `${nameOf(one)} (${stateWords[one.state][0].toLowerCase()})`,
          })),
        ]}
        value={device}
        error={errors.deviceId}
        onChange={(event) => setDevice(event.currentTarget.value)}
      />
      <Textarea
        label="Message"
        description="What happened, and what you need."
        autosize
        minRows={4}
        maxRows={16}
        value={message}
        error={errors.message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <ProblemAlert error={formError(open.error, fields)} />
      <Group justify="flex-end">
        <Button type="submit" loading={open.isPending}>
          Open the ticket
        </Button>
      </Group>
    </form>
  );
}
