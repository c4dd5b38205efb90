/**
 * Has transactions about the same topic run one after the other, from whichever replica they come: what a first start makes
 * must be made once. On SQLite there is one writer anyway.
 */
import type { Session } from './session.js';

/** The topics, each with the number of its advisory lock. */
export const topics = { migrations: 5_310_001, operatorToken: 5_310_002, signingKeys: 5_310_003 } as const;

/** Waits until no other transaction holds the topic, and holds it until this one ends. */
export async function holdTopic(session: Session, topic: keyof typeof topics): Promise<void> {
  if (session.dialect === 'postgres') await session.all('SELECT pg_advisory_xact_lock(?)', [topics[topic]]);
}
