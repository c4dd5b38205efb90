/** Where a ticket can go from here: support resolves and reopens it, support and its author close it. The server decides. */
import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Ticket } from '../api/schema';
import { useOffers, useSession } from '../session/use-session';
import { ProblemAlert } from '../shell/problem-alert';
import { ticketKey } from './tickets.queries';

const steps = [
  { to: 'resolved', from: ['open'], label: 'Resolve', isOfAuthorToo: false },
  { to: 'open', from: ['resolved'], label: 'Reopen', isOfAuthorToo: false },
  { to: 'closed', from: ['open', 'resolved'], label: 'Close', isOfAuthorToo: true },
] as const satisfies readonly {
  to: Ticket['status'];
  from: readonly Ticket['status'][];
  label: string;
  isOfAuthorToo: boolean;
}[];

export function StatusButtons({ ticket: { id, status, createdBy } }: { ticket: Ticket }) {
  const isOfVendor = useOffers('workOnTickets');
  const isAuthor = useSession().id === createdBy.id;
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (to: Ticket['status']) =>
      taken(client.PATCH('/v1/support-tickets/{id}', { params: { path: { id } }, body: { status: to } })),
    onSuccess: (ticket) => queries.setQueryData(ticketKey(id), ticket),
    onSettled: () => queries.invalidateQueries({ queryKey: ticketKey(id) }),
  });
  const offered = steps.filter(
    ({ from, isOfAuthorToo }) =>
      (from as readonly string[]).includes(status) && (isOfVendor || (isAuthor && isOfAuthorToo)),
  );
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
