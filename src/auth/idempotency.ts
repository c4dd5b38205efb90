/**
 * Creating requests with an `Idempotency-Key` are answered once (R12): their repeats get the same answer, secrets included. The
 * answer is kept encrypted under the key itself, which is not stored, so that neither a stolen database nor another principal
 * can read it. Refusals are not kept, because the transaction that they end is rolled back.
 */
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';

/** A request that creates something. */
export interface CreatingRequest {
  /** Who asks: the id of the access token. */
  readonly principalId: string;
  /** The path, without the query. */
  readonly path: string;
  /** The `Idempotency-Key`; undefined where there is none, and then nothing is kept. */
  readonly key: string | undefined;
  /** The body as it was received, parsed from JSON. */
  readonly body: unknown;
}

/** An answer as it is sent: `body` is what becomes JSON. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

const keptMillis = 24 * 60 * 60 * 1000;

/** How many ended rows go when one is written: more than one, so that they become fewer; few, so that nobody waits. */
const removedMax = 20;

/**
 * Answers a creating request, within the transaction in which it is decided. What makes it `notFound` has to be looked at before,
 * because 404 comes before 422.
 *
 * @param systemNow the system's time in epoch milliseconds, not the test clock's
 * @param work creates, and says the answer; what it throws is not kept
 * @returns the answer of `work`, or the one that the same request had before
 * @throws `idempotencyKeyReused` where the key came with another body within the last 24 hours
 */
export async function answerOnce<Body>(
  request: CreatingRequest,
  session: Session,
  systemNow: number,
  work: () => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  if (request.key === undefined) return work();
  const id = sha256([request.principalId, request.path, request.key]);
  const requestHash = sha256(request.body);
  const [kept] = await session.all<{ requestHash: string; sealedAnswer: string }>(
    `SELECT request_hash AS "requestHash", sealed_answer AS "sealedAnswer" FROM idempotency
     WHERE id = ? AND expires_at > ?`,
    [id, systemNow],
  );
  if (kept !== undefined) {
    if (kept.requestHash !== requestHash) throw new ProblemError('idempotencyKeyReused');
    return JSON.parse(unseal(kept.sealedAnswer, request.key, id)) as Answer<Body>;
  }
  const answer = await work();
  // An ended one makes room. One that another replica has kept meanwhile stays, and this transaction fails at it and is tried again.
  await session.run('DELETE FROM idempotency WHERE id = ? AND expires_at <= ?', [id, systemNow]);
  await session.run(
    `DELETE FROM idempotency WHERE id IN
       (SELECT id FROM idempotency WHERE expires_at <= ? ORDER BY expires_at LIMIT ${removedMax})`,
    [systemNow],
  );
  await session.run('INSERT INTO idempotency (id, request_hash, sealed_answer, expires_at) VALUES (?, ?, ?, ?)', [
    id,
    requestHash,
    seal(JSON.stringify(answer), request.key, id),
    systemNow + keptMillis,
  ]);
  return answer;
}

function sha256(value: unknown): string {
  return hash('sha256', JSON.stringify(canonical(value)) ?? '', 'base64url');
}

/** The same for bodies that mean the same: members in the order of their names, and those that are null left out. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, canonical(member)]));
}

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM; the row's id is authenticated too, so that an answer cannot be moved to another row. */
function seal(text: string, key: string, id: string): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key, id), nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Throws where the text was not sealed under this key and id. */
function unseal(sealedText: string, key: string, id: string): string {
  const bytes = Buffer.from(sealedText, 'base64url');
  const nonce = bytes.subarray(0, nonceLength);
  const tag = bytes.subarray(nonceLength, nonceLength + tagLength);
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(key, id), nonce, { authTagLength: tagLength })
    .setAAD(Buffer.from(id))
    .setAuthTag(tag);
  return decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8');
}

function sealingKey(key: string, id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, id, 'seatkeeper idempotency answer', 32));
}
