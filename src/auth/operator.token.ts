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
import { insertToken } from './token.queries.js';

/** The token in the environment cannot be the operator's; the message is the sentence for who starts the server. */
export class OperatorTokenRefused extends Error {}

/**
 * Brings the token of the environment and the database together.
 *
 * @param configured `SEATKEEPER_OPERATOR_TOKEN`, null where it is not set: then an earlier one ends
 * @param now epoch milliseconds
 * @returns the text of a token made now, to be printed once and never again; null where there is an operator token already
 * @throws OperatorTokenRefused where the configured token was issued with another role
 */
export function ensureOperatorToken(
  database: Database,
  configured: string | null,
  now: number,
): Promise<string | null> {
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
    const secret = newSecret(secretPrefixes.accessToken);
    await insertOperator(session, 'Operator (first start)', hashSecret(secret), false, now);
    return secret;
  });
}

async function keepConfigured(session: Session, hash: string, now: number): Promise<void> {
  const [present] = await session.all<{ role: Role }>('SELECT role FROM token WHERE hash = ?', [hash]);
  if (present === undefined) return insertOperator(session, 'Operator (environment)', hash, true, now);
  if (present.role === 'operator') return;
  throw new OperatorTokenRefused(
    `SEATKEEPER_OPERATOR_TOKEN is a token that was issued with the role ${present.role}: choose another one.`,
  );
}

function insertOperator(
  session: Session,
  name: string,
  hash: string,
  fromEnvironment: boolean,
  now: number,
): Promise<void> {
  return insertToken(
    session,
    { id: uuidv7(), role: 'operator', organizationId: null, name },
    { hash, fromEnvironment, createdAt: now },
  );
}
