/** What the inspector asks about one device, setting, license or ticket, and about how many are in each state. */
import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Inspection, Machine, Page, Population, Ticket, Transition } from '../api/schema';
import type { HistoryFilter } from '../license/license.queries';
import { isKept, type KeptMachineId } from './machine-words';

/** Whose statechart is looked at. */
export interface SubjectRef {
  machine: KeptMachineId;
  id: string;
}

/** Everything that is shown as it is now; the stream of its license has it asked again. */
export const presentKey = ['inspection', 'now'] as const;

/** @param sequence the moment of the past; undefined for now */
export const inspectionQuery = ({ machine, id }: SubjectRef, sequence: number | undefined) =>
  queryOptions({
    queryKey: sequence === undefined ? [...presentKey, machine, id] : ['inspection', sequence, machine, id],
    queryFn: (): Promise<Inspection> =>
      taken(
        client.GET('/v1/machines/{id}/subjects/{subjectId}', {
          params: { path: { id: machine, subjectId: id }, query: { sequence } },
        }),
      ),
    // What was stays as it was.
    staleTime: sequence === undefined ? 0 : Number.POSITIVE_INFINITY,
  });

const populationEachMillis = 1_000;

/** Not asked where nothing is kept that could be counted. */
export const populationQuery = (id: Machine['id']) =>
  queryOptions({
    queryKey: ['machine', id, 'population'],
    queryFn: isKept(id)
      ? (): Promise<Population> => taken(client.GET('/v1/machines/{id}/population', { params: { path: { id } } }))
      : skipToken,
    refetchInterval: populationEachMillis,
  });

const rowsPerPage = 200;

/** The rows of a license's history that are about a subject; all of them for the license. */
export const trailQuery = (licenseId: string, { machine, id }: SubjectRef, filter: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: ['trail', licenseId, machine, id, filter],
    queryFn: ({ pageParam }): Promise<Page<Transition>> => readTrail(licenseId, { machine, id }, filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // New rows are put in front as the stream tells them.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Rows never change, and comparing a hundred thousand of them one by one would be felt.
    structuralSharing: false,
  });

/** A page of them. */
export function readTrail(
  licenseId: string,
  { machine, id }: SubjectRef,
  filter: HistoryFilter,
  cursor: string | undefined,
): Promise<Page<Transition>> {
  const whose = {
    device: { deviceId: id },
    remoteDeactivation: { machine: 'remoteDeactivation' },
    license: {},
    supportTicket: { ticketId: id },
  } as const satisfies Record<KeptMachineId, HistoryFilter>;
  const query = { ...filter, ...whose[machine], limit: rowsPerPage, cursor };
  return taken(client.GET('/v1/licenses/{id}/transitions', { params: { path: { id: licenseId }, query } }));
}

/** The newest tickets about a license on which something can be done for a device. */
export const usableTicketsQuery = (licenseId: string) =>
  queryOptions({
    queryKey: ['license', licenseId, 'usableTickets'],
    queryFn: async (): Promise<Ticket[]> => {
      const query = { licenseId, status: ['open', 'resolved'] as Ticket['status'][], limit: 50 };
      const page = await taken(client.GET('/v1/support-tickets', { params: { query } }));
      return page.items.filter(({ topic }) => topic === 'deviceDeactivation');
    },
  });
