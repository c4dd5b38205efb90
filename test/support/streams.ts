/** Opens streams for tests, and closes them all when a test has ended. */
import { EventReader } from './event.reader.js';
import { operatorToken, type TestServer } from './server.js';

const opened: EventReader[] = [];

/** The stream at a path such as `/v1/devices/…/stream`, after its beginning; as the operator unless said. */
export async function listen(
  server: TestServer,
  path: string,
  options: { auth?: string | null; lastEventId?: string; cookie?: string } = {},
): Promise<EventReader> {
  const auth = options.auth === undefined ? `Bearer ${operatorToken}` : options.auth;
  const reader = await EventReader.open(`${server.url}${path}`, auth, options.lastEventId, 'GET', options.cookie);
  opened.push(reader);
  if (reader.status === 200) await reader.until(() => reader.events.length > 0, 'its beginning');
  return reader;
}

/** Listens to a device. */
export function listenToDevice(
  server: TestServer,
  device: { id: string; auth?: string },
  lastEventId?: string,
): Promise<EventReader> {
  return listen(server, `/v1/devices/${device.id}/stream`, { auth: device.auth, lastEventId });
}

/** Listens to a license, and all that belongs to it. */
export function listenToLicense(
  server: TestServer,
  license: { id: string },
  options: { auth?: string; lastEventId?: string } = {},
): Promise<EventReader> {
  return listen(server, `/v1/licenses/${license.id}/stream`, options);
}

/** To be called after each test. */
export function closeStreams(): void {
  for (const reader of opened.splice(0)) reader.close();
}

/** One value of `/metrics`, by its name and labels. */
export async function metricOf(server: TestServer, name: string): Promise<number> {
  const { text } = await server.request('GET', '/metrics', { auth: null });
  const line = text.split('\n').find((found) => found.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

/**
 * What is pushed is heard sooner than this on a machine however busy; what waits for a sweep, a keep-alive or a later question is not.
 * How soon it is heard is measured by `npm run bench:streams`.
 */
export const heardWithinMillis = 10_000;
