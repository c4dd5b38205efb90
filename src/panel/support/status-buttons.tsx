/** Where a ticket can go from here: what its statechart knows in its state, and the server lets this person do. */
import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Ticket } from '../api/schema';
import { usePossibleEvents } from '../inspector/use-possible-events';
import { useSession } from '../session/use-session';
import { ProblemAlert } from '../shell/problem-alert';
import { ticketKey } from './tickets.queries';

/** In the order in which they are shown. */
const buttons: readonly { to: Ticket['status']; label: string }[] = [
  { to: 'resolved', label: 'Resolve' },
  { to: 'open', label: 'Reopen' },
  { to: 'closed', label: 'Close' },
];

export function StatusButtons({ ticket: { id, status, createdBy } }: { ticket: Ticket }) {
  const session = useSession();
  const { ofOwn, ofOthers } = session.may.moveTickets;
  const allowed = session.id === createdBy.id ? ofOwn : ofOthers;
  const possible = usePossibleEvents('supportTicket', status);
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (to: Ticket['status']) =>
      taken(client.PATCH('/v1/support-tickets/{id}', { params: { path: { id } }, body: { status: to } })),
    onSuccess: (ticket) => queries.setQueryData(ticketKey(id), ticket),
    onSettled: () => queries.invalidateQueries({ queryKey: ticketKey(id) }),
  });
  const offered = buttons.filter(({ to }) => allowed.includes(to) && possible.some((step) => step.to === to));
  return (
    <>
      {offered.length === 0 ? null : (
        <Group mt="md" gap="sm">
          {offered.map(({ to, label }) => (
            <Button
              key={to}
              size="sm"
              variant={to === 'resolved' ? 'filled' : 'default'}
              loading={move.isPending && move.variables === to}
              onClick={() => move.mutate(to)}
            >
              {label}
            </Button>
          ))}
        </Group>
      )}
      <div className="section-problem">
        <ProblemAlert error={move.error} />
      </div>
    </>
  );
}
