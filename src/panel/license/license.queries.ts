/** What the license page asks the server for, and under which keys it is remembered. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { liveEachMillis } from '../api/live';
import type { Device, License, Page, paths, Seat, Transition } from '../api/schema';

export const licenseKey = (id: string) => ['license', id] as const;

export const licenseQuery = (id: string) =>
  queryOptions({
    queryKey: [...licenseKey(id), 'itself'],
    queryFn: (): Promise<License> => taken(client.GET('/v1/licenses/{id}', { params: { path: { id } } })),
  });

const seatsPerPage = 200;

/** So often where the seats fill several pages, which are all asked for together. */
const manySeatsEachMillis = 15_000;

export const seatsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...licenseKey(id), 'seats'],
    queryFn: ({ pageParam }): Promise<Page<Seat>> => {
      const query = { limit: seatsPerPage, cursor: pageParam };
      return taken(client.GET('/v1/licenses/{id}/seats', { params: { path: { id }, query } }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // Check-ins are told by no stream.
    refetchInterval: ({ state: { data } }) => ((data?.pages.length ?? 0) > 1 ? manySeatsEachMillis : liveEachMillis),
  });

export const otherDevicesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...licenseKey(id), 'otherDevices'],
    queryFn: ({ pageParam }): Promise<Page<Device>> => {
      const state: Exclude<Device['state'], 'active'>[] = ['inactive', 'loggedOut', 'expired', 'remotelyDeactivated'];
      const query = { state, limit: 20, cursor: pageParam };
      return taken(client.GET('/v1/licenses/{id}/devices', { params: { path: { id }, query } }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The devices last seen, for their names. */
export const knownDevicesQuery = (id: string) =>
  queryOptions({
    queryKey: [...licenseKey(id), 'knownDevices'],
    queryFn: async (): Promise<Device[]> => {
      const query = { limit: 200 };
      const page = await taken(client.GET('/v1/licenses/{id}/devices', { params: { path: { id }, query } }));
      return page.items;
    },
  });

type HistoryQuery = NonNullable<paths['/v1/licenses/{id}/transitions']['get']['parameters']['query']>;

/** What the history is asked for; what is left out is not filtered by. */
export type HistoryFilter = Omit<HistoryQuery, 'limit' | 'cursor' | 'startAt' | 'order'>;

/** An event that the history can be asked for. */
export type HistoryEvent = NonNullable<HistoryQuery['event']>[number];

export const historyQuery = (id: string, filter: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: [...licenseKey(id), 'history', filter],
    queryFn: ({ pageParam }): Promise<Page<Transition>> => {
      const query = { ...filter, limit: 30, cursor: pageParam };
      return taken(client.GET('/v1/licenses/{id}/transitions', { params: { path: { id }, query } }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
