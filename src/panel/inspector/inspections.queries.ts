/** What the inspector asks about one device, setting, license or ticket, and about how many are in each state. */
import { queryOptions, skipToken } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Inspection, Machine, Population, Ticket } from '../api/schema';
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
