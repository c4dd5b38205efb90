/** What the history at the side of a chart asks for: its newest rows, those around a moment, and from there on in both directions. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Transition } from '../api/schema';
import type { HistoryFilter } from '../license/license.queries';
import type { SubjectRef } from './inspections.queries';
import type { KeptMachineId } from './machine-words';
import { newerPart, olderPart, type TrailPage, type TrailPart } from './trail';

const rowsPerPage = 200;

/**
 * The rows of a license's history that are about a subject; all of them for the license.
 *
 * @param moment the sequence that the list begins around; undefined: it begins with the newest
 */
export const trailQuery = (
  licenseId: string,
  { machine, id }: SubjectRef,
  filter: HistoryFilter,
  moment: number | undefined,
) =>
  infiniteQueryOptions({
    queryKey: ['trail', licenseId, machine, id, filter, moment ?? 'newest'],
    queryFn: ({ pageParam }): Promise<TrailPage> => readTrail(licenseId, { machine, id }, filter, pageParam),
    initialPageParam: (moment === undefined ? { way: 'older' } : { way: 'around', at: moment }) as TrailPart,
    getNextPageParam: olderPart,
    getPreviousPageParam: newerPart,
    // New rows are put in front as the stream tells them.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Rows never change, and comparing a hundred thousand of them one by one would be felt.
    structuralSharing: false,
  });

/** A part of them, the newest first. */
export async function readTrail(
  licenseId: string,
  { machine, id }: SubjectRef,
  filter: HistoryFilter,
  part: TrailPart,
): Promise<TrailPage> {
  const whose = {
    device: { deviceId: id },
    remoteDeactivation: { machine: 'remoteDeactivation' },
    license: {},
    supportTicket: { ticketId: id },
  } as const satisfies Record<KeptMachineId, HistoryFilter>;
  const read = async (order: 'newestFirst' | 'oldestFirst', startAt?: number) => {
    const query = { ...filter, ...whose[machine], limit: rowsPerPage, order, startAt };
    const page = await taken(
      client.GET('/v1/licenses/{id}/transitions', { params: { path: { id: licenseId }, query } }),
    );
    return { rows: page.items satisfies Transition[], hasMore: page.nextCursor !== null };
  };
  switch (part.way) {
    case 'older': {
      const { rows, hasMore } = await read('newestFirst', part.from);
      return { items: rows, hasOlder: hasMore, hasNewer: part.from !== undefined };
    }
    case 'newer': {
      const { rows, hasMore } = await read('oldestFirst', part.from);
      return { items: rows.toReversed(), hasOlder: true, hasNewer: hasMore };
    }
    case 'around': {
      const [older, newer] = await Promise.all([read('newestFirst', part.at), read('oldestFirst', part.at + 1)]);
      return {
        items: [...newer.rows.toReversed(), ...older.rows],
        hasOlder: older.hasMore,
        hasNewer: newer.hasMore,
      };
    }
  }
}
