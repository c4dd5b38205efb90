/** Devices in words: what to call one, its state, and how its last activation ended. */
import type { Device } from '../api/schema';
import type { Tone } from '../shell/note';

/** A name to speak of a device by: its own, else its fingerprint. */
export function nameOf({ name, fingerprint }: Pick<Device, 'name' | 'fingerprint'>): string {
  return name ?? fingerprint;
}

export const stateWords: Record<Device['state'], readonly [words: string, tone: Tone]> = {
  active: ['Active', 'good'],
  inactive: ['Registered', 'plain'],
  loggedOut: ['Logged out', 'plain'],
  expired: ['Expired', 'warn'],
  remotelyDeactivated: ['Deactivated', 'bad'],
};

type Ending = NonNullable<Device['endedBy']>;

export const endedByWords: Record<Ending['kind'], string> = {
  device: 'Logged out on the device',
  expiry: 'Did not connect in time',
  member: 'Deactivated by the organization',
  support: 'Deactivated by support',
  operator: 'Deactivated by the operator',
};
