/** The ticket itself: the message, whose it is, how it stands, and what can be done with it. */
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Ticket } from '../api/schema';
import { InspectLink } from '../inspector/inspect-link';
import { nameOf, stateWords } from '../license/device-words';
import { licenseKey } from '../license/license.queries';
import { Facts } from '../shell/facts';
import { Section } from '../shell/section';
import { Tag } from '../shell/tag';
import { Moment } from '../time/moment';
import { StatusButtons } from './status-buttons';
import { authorInWords, TicketStatus, topicWords } from './ticket-words';

export function TicketSection({ ticket }: { ticket: Ticket }) {
  const { status, topic, message, createdAt, createdBy, deviceId, licenseId } = ticket;
  return (
    <Section
      title="Ticket"
      beside={
        <Group gap="sm">
          <InspectLink machine="supportTicket" id={ticket.id} what="the ticket" />
          <TicketStatus status={status} />
        </Group>
      }
    >
      <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} mb="md" size="lg">
        {message}
      </Text>
      <Facts
        facts={[
          ['Topic', topicWords[topic]],
          ['Opened by', authorInWords(createdBy)],
          ['Opened', <Moment key="at" at={createdAt} />],
          [
            'Device',
            deviceId === null ? (
              'No particular device'
            ) : (
              <TicketDevice key="device" id={deviceId} licenseId={licenseId} />
            ),
          ],
        ]}
      />
      <StatusButtons ticket={ticket} />
    </Section>
  );
}

function TicketDevice({ id, licenseId }: { id: string; licenseId: string }) {
  const { data: device } = useQuery({
    queryKey: [...licenseKey(licenseId), 'device', id],
    queryFn: () => taken(client.GET('/v1/devices/{id}', { params: { path: { id } } })),
  });
  if (device === undefined) return <>…</>;
  const [words, tone] = stateWords[device.state];
  return (
    <>
      {nameOf(device)} <Tag tone={tone}>{words}</Tag>
    </>
  );
}
