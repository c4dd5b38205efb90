/** How a stream begins: the missed rows or a reset, then what is present, all of one snapshot. It reads, and writes nothing to the database. */
import type { Session } from '../persistence/session.js';
import { eventBlock } from './event.block.js';
import { showLicense } from './license.news.js';
import { deviceBlock, rowBlock } from './shown.block.js';
import { findPosition, presentDevices, presentOccupants, rowsAfter } from './stream.queries.js';
import type { Subscription } from './subscription.js';

/** Missed rows that are sent; who missed more has to read the history. */
export const missedRowsMax = 1_000;

/** Seats whose devices a license's stream begins with, as many as a page of a list has at most. */
const seatsShownMax = 200;

const rowsPerChunk = 100;

/** The beginning of a stream, in pieces that a reader can be waited for between. */
export interface Opening {
  readonly chunks: readonly string[];
  /** The history up to here is in it. */
  readonly sequence: number;
}

/**
 * Reads the beginning, settled at `now`; null where the subject does not exist.
 *
 * @param lastSeen the sequence of the last row that the reader has; null where it has none, and wants none
 */
export async function readOpening(
  session: Session,
  subscription: Subscription,
  lastSeen: number | null,
  now: number,
): Promise<Opening | null> {
  const { scope, audience } = subscription;
  const position = await findPosition(session, scope.licenseId, now);
  if (position === null) return null;
  const { settled, sequence } = position;
  const chunks: string[] = [];
  if (lastSeen !== null) {
    // A place beyond the end is of another history, such as one from before a backup was restored.
    const isKnown = lastSeen <= sequence;
    const rows = isKnown ? await rowsAfter(session, scope, lastSeen, missedRowsMax + 1) : [];
    if (!isKnown || rows.length > missedRowsMax) chunks.push(eventBlock('reset', { sequence }, sequence));
    else {
      for (let start = 0; start < rows.length; start += rowsPerChunk) {
        const part = rows.slice(start, start + rowsPerChunk);
        chunks.push(part.map((row) => rowBlock(row, audience)).join(''));
      }
    }
  }
  if (scope.deviceId === null) {
    const { license, setting } = await showLicense(session, settled);
    const devices = await presentOccupants(session, settled, seatsShownMax);
    chunks.push(subscription.news('license', license) + subscription.news('remoteDeactivation', setting));
    chunks.push(devices.map((device) => deviceBlock(device).text).join(''));
  } else {
    const device = (await presentDevices(session, settled, [scope.deviceId])).get(scope.deviceId);
    if (device === undefined) return null;
    chunks.push(subscription.news('device', deviceBlock(device)));
  }
  return { chunks: chunks.filter((chunk) => chunk !== ''), sequence };
}
