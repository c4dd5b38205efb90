/**
 * Holds what a client was told against what a server knows after it was killed or stopped. What was acknowledged must be there, entire; a request that was never answered
 * may have happened or not, but not by half.
 */
import { isDeepStrictEqual } from 'node:util';
import { type ClientLife } from '../support/lives.js';
import { type Device } from '../support/representations.js';
import { type TestServer } from '../support/server.js';

/** Says what is wrong with what survived of a client's device; null where nothing is. `actual` is undefined where the server knows no such device. */
export function lossOf(client: ClientLife, actual: Device | undefined): string | null {
  if (isAsAcknowledged(client, actual)) return null;
  if (actual !== undefined && isAsUnanswered(client, actual)) return null;
  return `after ${client.unanswered ?? 'nothing'} without an answer, acknowledged was ${JSON.stringify(client.device)}, but now it is ${JSON.stringify(actual)}`;
}

/** Whether the device is exactly as its client was told last. */
export function isAsAcknowledged(client: ClientLife, actual: Device | undefined): boolean {
  return isDeepStrictEqual(actual ?? null, client.device);
}

/** Sees whether the acknowledged token still works, and lets the client go on from what the server knows. Returns what is wrong, or null. */
export async function goOn(server: TestServer, client: ClientLife, actual: Device | undefined): Promise<string | null> {
  const isRenewed = client.unanswered === 'activate' && !isAsAcknowledged(client, actual);
  const answer =
    client.token === null || isRenewed
      ? null
      : await server.request('GET', `/v1/devices/${client.device?.id}`, { auth: `Bearer ${client.token}` });
  if (isRenewed) client.token = null;
  client.device = actual ?? null;
  client.unanswered = null;
  return answer === null || answer.status === 200
    ? null
    : `its token was acknowledged, but: ${answer.status} ${answer.text}`;
}

function isAsUnanswered(client: ClientLife, actual: Device): boolean {
  const told = client.device;
  const isLater = told === null || told.lastSeenAt === null || (actual.lastSeenAt ?? '') >= told.lastSeenAt;
  const hasNewVersion = told === null || actual.version > told.version;
  switch (client.unanswered) {
    case null:
      return false;
    case 'activate':
      return actual.state === 'active' && isLater && (hasNewVersion || told?.state === 'active');
    case 'checkIn':
      return (
        actual.state === 'active' && isLater && !hasNewVersion && actual.checkInCount === (told?.checkInCount ?? 0) + 1
      );
    case 'logOut':
      return actual.state === 'loggedOut' && isLater && hasNewVersion && actual.endedBy?.kind === 'device';
    case 'remotelyDeactivate':
      return actual.state === 'remotelyDeactivated' && hasNewVersion && actual.endedBy?.kind === 'operator';
  }
}
