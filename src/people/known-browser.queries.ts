/** Reads and writes rows of browsers in which somebody has signed in before. Times are system time, in epoch milliseconds. */
import { knownBrowserMillis } from '../auth/session.cookies.js';
import type { Session } from '../persistence/session.js';

/** Whether a member has signed in before in the browser whose secret has this hash. */
export async function isKnownBrowser(
  session: Session,
  hash: string,
  memberId: string,
  systemNow: number,
): Promise<boolean> {
  const rows = await session.all('SELECT 1 FROM known_browser WHERE hash = ? AND member_id = ? AND ends_at > ?', [
    hash,
    memberId,
    systemNow,
  ]);
  return rows.length > 0;
}

/** How many browsers of a member are remembered. */
const browsersMax = 50;

/**
 * Remembers that a member has signed in in a browser, under a new secret; others who have done so there keep their places under it.
 *
 * @param before the hash of the secret that the browser had; empty where it had none
 * @param hash of the secret that it gets
 */
export async function knowBrowser(
  session: Session,
  before: string,
  hash: string,
  memberId: string,
  systemNow: number,
): Promise<void> {
  await session.run('DELETE FROM known_browser WHERE (hash = ? AND member_id = ?) OR ends_at <= ?', [
    before,
    memberId,
    systemNow,
  ]);
  await session.run('UPDATE known_browser SET hash = ? WHERE hash = ?', [hash, before]);
  await session.run('INSERT INTO known_browser (hash, member_id, ends_at) VALUES (?, ?, ?)', [
    hash,
    memberId,
    systemNow + knownBrowserMillis,
  ]);
  await session.run(
    `DELETE FROM known_browser WHERE member_id = ? AND hash NOT IN
       (SELECT hash FROM known_browser WHERE member_id = ? ORDER BY ends_at DESC LIMIT ${browsersMax})`,
    [memberId, memberId],
  );
}
