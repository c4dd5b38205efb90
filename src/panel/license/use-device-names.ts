/** What to call the devices of a license: the ones last seen are known, others are asked for one by one. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { nameOf } from './device-words';
import { knownDevicesQuery, licenseKey } from './license.queries';
import { unnamedDevice } from './sentences';

/** @param ids the devices that are spoken of; null for one that is not known @returns what to call a device */
export function useDeviceNames(licenseId: string, ids: readonly (string | null)[]): (id: string | null) => string {
  const { data: known } = useQuery(knownDevicesQuery(licenseId));
  const names = new Map(known?.map((device) => [device.id, nameOf(device)]));
  const missing = known === undefined ? [] : [...new Set(ids)].filter((id) => id !== null && !names.has(id));
  const others = useQueries({
    queries: missing.map((id) => ({
      queryKey: [...licenseKey(licenseId), 'device', id],
      queryFn: () => taken(client.GET('/v1/devices/{id}', { params: { path: { id: id ?? '' } } })),
      staleTime: 60_000,
    })),
  });
  for (const { data } of others) if (data !== undefined) names.set(data.id, nameOf(data));
  return (id) => (id === null ? unnamedDevice : (names.get(id) ?? unnamedDevice));
}
