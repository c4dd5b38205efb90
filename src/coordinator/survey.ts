/** Everything that the rules can be asked about one subject now: its license's rows, settled, complete. It decides nothing. */
import { type Rows, settle } from '../../machines/index.js';
import type { Session } from '../persistence/session.js';
import { load } from './load.js';
import { noLocks } from './locks.js';
import type { Address, Submission } from './submission.js';

/** No license has more active devices than this, so a survey settles it completely. */
const seatsMax = 100_000;

export interface Survey {
  readonly rows: Rows;
  readonly product: string;
  /** How far the history is written. */
  readonly lastSequence: number;
}

/**
 * The rows around a subject, in the snapshot of a session that reads. Whoever calls has found that the subject exists, and that the asker
 * sees it.
 *
 * @param now epoch milliseconds
 */
export async function survey(session: Session, address: Address, now: number): Promise<Survey> {
  const { world } = await load(session, questionsAbout(address), now, noLocks, seatsMax);
  const [license] = world.locked.values();
  if (license === undefined) throw new Error(`there is no license of ${address.by} ${address.id}`);
  const { product, lastSequence } = license.record;
  return { rows: settle(license.loaded, now).rows, product, lastSequence };
}

/** Commands for which everything is loaded that any command needs. They are not decided about. */
function questionsAbout(address: Address): Submission[] {
  const actor = { kind: 'system', id: null, name: null } as const;
  const ticket = address.by === 'ticket' ? [{ type: 'resolveTicket', actor, ticketId: address.id } as const] : [];
  const seat = { fingerprint: '', newDeviceId: '', name: null, platform: null, appVersion: null };
  const commands = [{ type: 'enable', actor } as const, { type: 'activate', actor, ...seat } as const, ...ticket];
  return commands.map((command) => ({ command, address, organizationId: null, proof: null, requestId: null }));
}
