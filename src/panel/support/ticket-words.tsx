/** A ticket's topic and status in words. */
import type { Ticket } from '../api/schema';
import type { Tone } from '../shell/note';
import { Tag } from '../shell/tag';

export const topicWords: Record<Ticket['topic'], string> = {
  deviceDeactivation: 'Device deactivation',
  billing: 'Billing',
  technical: 'Technical question',
  other: 'Something else',
};

export const ticketStatusWords: Record<Ticket['status'], readonly [words: string, tone: Tone]> = {
  open: ['Open', 'warn'],
  resolved: ['Resolved', 'good'],
  closed: ['Closed', 'plain'],
};

export const ticketStatuses = Object.keys(ticketStatusWords) as Ticket['status'][];

export function TicketStatus({ status }: Pick<Ticket, 'status'>) {
  const [words, tone] = ticketStatusWords[status];
  return <Tag tone={tone}>{words}</Tag>;
}

/** Who opened it: by name where there is one. */
export function authorInWords({ kind, name }: Ticket['createdBy']): string {
  return (
    name ?? (kind === 'member' ? 'a person of the organization' : `the ${kind === 'support' ? 'support' : 'operator'}`)
  );
}
