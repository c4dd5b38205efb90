/**
 * Requests to the server, and what may be believed of what comes back. An answer counts only where it is whole, is JSON, comes
 * from the very address that was asked, and looks like Seatkeeper's; everything else is no answer.
 */
import { type OwnError, type Refusal, refusalIn } from './errors.js';
import { noAnswer, notSeatkeeper } from './own-errors.js';
import type { SeatClock } from './seat.clock.js';
import { unlessAborted } from './waiting.js';

/** What came back: the body of a success, a refusal, or nothing that can be believed. */
export type Reply =
  | { readonly kind: 'accepted'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'missed'; readonly error: OwnError };

export interface Request {
  readonly method: 'GET' | 'POST';
  /** Below the server's address, such as `v1/devices`. */
  readonly path: string;
  /** The `Authorization` header. */
  readonly authorization?: string;
  readonly body?: object;
}

/** How the server is reached. */
export interface Way {
  /** The server's address, with a slash at its end. */
  readonly serverUrl: URL;
  readonly fetch: typeof fetch;
  readonly clock: SeatClock;
  /** After how many milliseconds an answer counts as missed, whether or not `fetch` heeds its signal. */
  readonly timeoutMillis: number;
  /** Ends whatever is under way. */
  readonly signal: AbortSignal;
}

/** Sends a request and gives what came back. Never throws. */
export async function send(way: Way, { method, path, authorization, body }: Request): Promise<Reply> {
  const abort = new AbortController();
  let isLate = false;
  const stopWaiting = way.clock.schedule(way.timeoutMillis, () => {
    isLate = true;
    abort.abort();
  });
  const onClose = (): void => abort.abort();
  way.signal.addEventListener('abort', onClose, { once: true });
  if (way.signal.aborted) abort.abort();
  let cause: 'network' | 'cut' = 'network';
  const ask = async (): Promise<Reply> => {
    const response = await way.fetch(new URL(path, way.serverUrl), {
      method,
      headers: {
        accept: 'application/json, application/*+json',
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      // A redirect is not followed: the credential is for this server alone.
      redirect: 'manual',
      credentials: 'omit',
      signal: abort.signal,
    });
    cause = 'cut';
    return replyOf(response);
  };
  try {
    return await unlessAborted(abort.signal, ask());
  } catch {
    return { kind: 'missed', error: noAnswer(isLate ? 'timeout' : cause) };
  } finally {
    stopWaiting();
    way.signal.removeEventListener('abort', onClose);
  }
}

/** RFC 9457. */
const problemType = 'application/problem+json';

async function replyOf(response: Response): Promise<Reply> {
  const { status } = response;
  const strange = async (found: 'redirect' | 'page' | 'unreadable'): Promise<Reply> => {
    await response.body?.cancel().catch(() => undefined);
    return { kind: 'missed', error: notSeatkeeper(found, status) };
  };
  if (response.type === 'opaqueredirect' || Math.floor(status / 100) === 3) return strange('redirect');
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !type.endsWith('+json')) {
    return strange(type === 'text/html' ? 'page' : 'unreadable');
  }
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { kind: 'missed', error: notSeatkeeper('unreadable', status) };
  }
  if (response.ok) {
    if (type !== problemType) return { kind: 'accepted', body };
  } else if (type === problemType) {
    const error = refusalIn(body, status, response.headers.get('retry-after'));
    if (error !== null) return { kind: 'refused', error };
  }
  return { kind: 'missed', error: notSeatkeeper('unreadable', status) };
}
