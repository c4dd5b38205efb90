/** The machines and their pictures. They do not change while a server runs. */
import { queryOptions } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import type { Machine, MachineCoverage } from '../api/schema';

export const machineQuery = (id: Machine['id']) =>
  queryOptions({
    queryKey: ['machine', id],
    queryFn: (): Promise<Machine> => taken(client.GET('/v1/machines/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What tests have taken of it, as the build took it along. */
export const coverageQuery = (id: Machine['id']) =>
  queryOptions({
    queryKey: ['machine', id, 'coverage'],
    queryFn: (): Promise<MachineCoverage> =>
      taken(client.GET('/v1/machines/{id}/coverage', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The picture, as the text of an SVG. */
export const chartQuery = (id: Machine['id']) =>
  queryOptions({
    queryKey: ['machine', id, 'chart'],
    queryFn: (): Promise<string> =>
      taken(client.GET('/v1/machines/{id}.svg', { params: { path: { id } }, parseAs: 'text' })),
    staleTime: Number.POSITIVE_INFINITY,
  });
