/**
 * Makes sure at every start that there is an operator: the one from the environment, or one whose token is made now and printed
 * once. So a vendor who has ended every operator token gets back in by a restart. It runs before the server listens, outside the
 * coordinator, and touches no other tokens.
 */
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { holdTopic } from '../persistence/topic.lock.js';
import type { Role } from './role.js';
import { hashSecret, newSecret, secretPrefixes } from './secret.js';
import { makeLink } from './sign-in-link.js';
import { insertToken } from './token.queries.js';

/** The token in the environment cannot be the operator's; the message is the sentence for who starts the server. */
export class OperatorTokenRefused extends Error {}

/** What opens the door at the first start: both are to be printed once and never again. */
export interface FirstOperator {
  readonly token: string;
  /** The secret of a link that signs a browser in with that token, once. */
  readonly link: string;
}

/**
 * Brings the token of the environment and the database together.
 *
 * @param configured `SEATKEEPER_OPERATOR_TOKEN`, null where it is not set: then an earlier one ends
 * @param now epoch milliseconds
 * @param systemNow the system's time in epoch milliseconds, not the test clock's
 * @returns a token made now, and a link for it; null where there is an operator token already
 * @throws OperatorTokenRefused where the configured token was issued with another role
 */
export function ensureOperatorToken(
  database: Database,
  configured: string | null,
  now: number,
  systemNow: number,
): Promise<FirstOperator | null> {
  return database.write(async (session) => {
    await holdTopic(session, 'operatorToken');
    const configuredHash = configured === null ? '' : hashSecret(configured);
    await session.run('DELETE FROM token WHERE from_environment = ? AND hash <> ?', [1, configuredHash]);
    if (configured !== null) {
      await keepConfigured(session, configuredHash, now);
      return null;
    }
    const operators = await session.all(`SELECT 1 FROM token WHERE role = 'operator' LIMIT 1`);
    if (operators.length > 0) return null;
    const token = newSecret(secretPrefixes.accessToken);
    const tokenId = await insertOperator(session, 'Operator (first start)', hashSecret(token), false, now);
    const { secret: link } = await makeLink(session, { tokenId }, systemNow);
    return { token, link };
  });
}

async function keepConfigured(session: Session, hash: string, now: number): Promise<void> {
  const [present] = await session.all<{ role: Role }>('SELECT role FROM token WHERE hash = ?', [hash]);
  if (present === undefined) {
    await insertOperator(session, 'Operator (environment)', hash, true, now);
    return;
  }
  if (present.role === 'operator') return;
  throw new OperatorTokenRefused(
    `SEATKEEPER_OPERATOR_TOKEN is a token that was issued with the role ${present.role}: choose another one.`,
  );
}

async function insertOperator(
  session: Session,
  name: string,
  hash: string,
  fromEnvironment: boolean,
  now: number,
): Promise<string> {
  const id = uuidv7();
  await insertToken(
    session,
    { id, role: 'operator', organizationId: null, name },
    { hash, fromEnvironment, createdAt: now },
  );
  return id;
}
