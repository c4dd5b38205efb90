/** Time as the tests need it: instants as the API writes them, and the test clock moved to one. Never waits for real time. */
import { type TestServer } from './server.js';

export const second = 1_000;
export const minute = 60 * second;
export const day = 24 * 60 * minute;

/** A time as the API writes it: RFC 3339, UTC, milliseconds. */
export const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The instant `millis` milliseconds after `time`. */
export function later(time: string, millis: number): string {
  return new Date(Date.parse(time) + millis).toISOString();
}

/** The instant rounded down to the second, as leases do. */
export function wholeSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / second) * second).toISOString();
}

/** What the test clock says. */
export async function now(server: TestServer): Promise<string> {
  const answer = await server.request<{ now: string }>('GET', '/v1/test-clock');
  if (answer.status !== 200) throw new Error(`test clock: ${answer.status} ${answer.text}`);
  return answer.body.now;
}

/** Moves the test clock to `time` exactly, to the millisecond. */
export async function advanceTo(server: TestServer, time: string): Promise<void> {
  const millis = Date.parse(time) - Date.parse(await now(server));
  if (millis < 0) throw new Error(`the test clock cannot go back to ${time}`);
  if (millis > 0) await server.advance(`PT${(millis / second).toFixed(3)}S`);
}
