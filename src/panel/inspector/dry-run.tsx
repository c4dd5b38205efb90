/** Tries a real command on the real rows, and shows what it would write. Nothing is stored. */
import { Button, Group, NativeSelect, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { DryRun as DryRunAnswer, DryRunWish, Inspection } from '../api/schema';
import { sentenceOf } from '../license/sentences';
import { ProblemAlert } from '../shell/problem-alert';
import { MomentInput } from '../time/moment-input';
import { momentInWords } from '../time/words';
import { usableTicketsQuery } from './inspections.queries';
import { Verdict } from './verdict';

const fields = ['reason', 'ticketId', 'validUntil'] as const;
const withTicket: readonly string[] = ['forceDeactivate', 'forceEnable'];
const withReason: readonly string[] = ['remotelyDeactivate', 'forceDeactivate'];

/** What the buttons beside the events ask for. */
export interface DryRunHandle {
  attempt: (event: string) => void;
}

/** @param onTried told what would happen @param onFailed told that nothing was decided */
export function DryRun({
  inspection,
  handle,
  onTried,
  onFailed,
}: {
  inspection: Inspection;
  handle: RefObject<DryRunHandle | null>;
  onTried: (tried: DryRunAnswer) => void;
  onFailed: () => void;
}) {
  const { machine, subjectId, licenseId, prospects } = inspection;
  const commands = (prospects ?? []).filter(({ isCommand }) => isCommand).map(({ event }) => event);
  const [event, setEvent] = useState(commands[0] ?? '');
  const [reason, setReason] = useState('');
  const [ticketId, setTicketId] = useState('');
  const [validUntil, setValidUntil] = useState<string | null>(null);
  const needsTicket = withTicket.includes(event);
  const { data: tickets = [] } = useQuery({ ...usableTicketsQuery(licenseId), enabled: needsTicket });
  const ticket = ticketId || tickets[0]?.id;
  const run = useMutation({
    mutationFn: (wanted: string): Promise<DryRunAnswer> => {
      const body = {
        event: wanted,
        ...(withReason.includes(wanted) && reason !== '' ? { reason } : {}),
        ...(withTicket.includes(wanted) ? { ticketId: ticket } : {}),
        ...(wanted === 'renew' ? { validUntil } : {}),
      } as DryRunWish;
      const path = { id: machine, subjectId };
      return taken(client.POST('/v1/machines/{id}/subjects/{subjectId}/dry-run', { params: { path }, body }));
    },
    onSuccess: onTried,
    onError: onFailed,
  });
  const choose = (wanted: string): void => {
    run.reset();
    setEvent(wanted);
  };
  const form = useRef<HTMLFormElement>(null);
  useImperativeHandle(handle, () => ({
    attempt: (wanted) => {
      choose(wanted);
      form.current?.scrollIntoView({ block: 'nearest' });
      if (!withTicket.includes(wanted)) run.mutate(wanted);
    },
  }));
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault();
    run.mutate(event);
  };
  const errors = fieldErrors(run.error, fields);
  return (
    <form ref={form} className="form sandbox" onSubmit={submit} noValidate>
      <Text className="soft">
        What a command would do now, decided on the real rows as in earnest. Nothing is stored, and nobody is told.
      </Text>
      <NativeSelect
        label="Command"
        data={commands}
        value={event}
        onChange={({ currentTarget: { value } }) => choose(value)}
      />
      {needsTicket ? (
        <NativeSelect
          label="Ticket"
          error={errors.ticketId}
          value={ticket ?? ''}
          data={
            tickets.length === 0
              ? [{ value: '', label: 'No ticket about this license can be used' }]
              : tickets.map(({ id, createdAt, message }) => ({
                  value: id,
                  label: `${momentInWords(createdAt)}: ${message.slice(0, 60)}`,
                }))
          }
          onChange={({ currentTarget: { value } }) => setTicketId(value)}
        />
      ) : null}
      {withReason.includes(event) ? (
        <Textarea
          label="Reason"
          autosize
          error={errors.reason}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
      ) : null}
      {event === 'renew' ? (
        <MomentInput
          label="Valid until"
          description="Empty: without end"
          value={validUntil}
          error={errors.validUntil}
          onChange={setValidUntil}
        />
      ) : null}
      <ProblemAlert error={formError(run.error, fields)} />
      <Group>
        <Button type="submit" loading={run.isPending} disabled={needsTicket && ticket === undefined}>
          Try it
        </Button>
      </Group>
      <div role="status">
        {run.data === undefined || run.error !== null ? null : <Outcome answer={run.data} name={inspection.name} />}
      </div>
    </form>
  );
}

function Outcome({ answer, name }: { answer: DryRunAnswer; name: string }) {
  const { transitions } = answer;
  return (
    <>
      <Verdict imagined={{ ...answer, context: {} }} />
      {transitions.length === 0 ? (
        <Text className="soft">It would write nothing into the history.</Text>
      ) : (
        <>
          <Text>It would write into the history:</Text>
          <ol className="guards">
            {transitions.map((row) => (
              <li key={row.sequence}>
                {sentenceOf(row, name)}.{' '}
                <span className="soft">{row.from === row.to ? '' : `${row.from ?? '—'} → ${row.to}`}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
