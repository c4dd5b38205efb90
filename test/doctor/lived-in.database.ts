/** A database that a real server has lived in: every kind of step that there is, and devices in every state. Asserts nothing. */
import {
  activate,
  changeLicense,
  checkIn,
  issueLicense,
  logOut,
  openTicket,
  register,
  setRemoteDeactivation,
} from '../support/scene.js';
import { startServer } from '../support/server.js';

/** The file, and the ids that damage is done to. */
export interface LivedIn {
  file: string;
  /** Five seats; active, loggedOut, expired, remotelyDeactivated and inactive devices. */
  license: string;
  /** Two active devices on the seats 1 and 2, with check-ins. */
  one: string;
  two: string;
  left: string;
  expired: string;
  deactivated: string;
  idle: string;
  /** A license whose setting is enabling, with one blocking device. */
  waiting: string;
  blocking: string;
  /** A license whose setting was enabled after a forced deactivation on a ticket. */
  forced: string;
  ticket: string;
}

/** Lives through it and stops the server. */
export async function livedIn(): Promise<LivedIn> {
  const server = await startServer();
  const post = (path: string, body?: object) => server.request('POST', path, { body });
  const license = await issueLicense(server, { seats: 9, validUntil: '2100-01-01T00:00:00.000Z' });
  const expired = await activate(server, license);
  await server.advance('P31D');
  const left = await activate(server, license);
  const deactivated = await activate(server, license);
  const one = await activate(server, license, { name: 'Drone 1' });
  const two = await activate(server, license);
  await logOut(server, left);
  await post(`/v1/devices/${deactivated.id}/remote-deactivation`, { reason: 'It was stolen.' });
  const idle = await register(server, license.id, { name: 'Spare' });
  for (const _ of [1, 2, 3]) await checkIn(server, one);
  await server.request('PATCH', `/v1/devices/${one.id}`, { body: { name: 'The first drone' } });
  // Both move down to the seats 1 and 2.
  for (const seats of [2, 5]) {
    await server.request('PATCH', `/v1/licenses/${license.id}`, { body: { seats }, headers: { 'if-match': '*' } });
  }
  await server.advance('PT1H');
  for (const device of [one, two]) await checkIn(server, device);
  await changeLicense(server, license.id, 'suspend');
  await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: 'refused-machine' } });
  await changeLicense(server, license.id, 'reinstate');
  await changeLicense(server, license.id, 'renew', { validUntil: '2101-01-01T00:00:00.000Z' });
  await post(`/v1/licenses/${license.id}/key`);

  const waiting = await issueLicense(server, { seats: 3, remoteDeactivation: 'disabled' });
  const blocking = await activate(server, waiting);
  await setRemoteDeactivation(server, waiting.id, true);
  await activate(server, waiting);

  const forced = await issueLicense(server, { seats: 2, remoteDeactivation: 'disabled' });
  const unreachable = await activate(server, forced);
  await setRemoteDeactivation(server, forced.id, true);
  const ticket = await openTicket(server, forced.id);
  await post(`/v1/devices/${unreachable.id}/forced-deactivation`, { ticketId: ticket.id, reason: 'The disk broke.' });
  const later = await activate(server, forced);
  await post(`/v1/devices/${later.id}/remote-deactivation`, {});
  await server.stop();
  return {
    file: server.file,
    license: license.id,
    one: one.id,
    two: two.id,
    left: left.id,
    expired: expired.id,
    deactivated: deactivated.id,
    idle: idle.id,
    waiting: waiting.id,
    blocking: blocking.id,
    forced: forced.id,
    ticket: ticket.id,
  };
}
