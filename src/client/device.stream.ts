/**
 * Listens to a device's stream, as a hint that it is worth asking: what it tells is not believed but asked for, so a stream that lies, repeats or
 * stays away costs a request or some time, and never a session. Server-Sent Events over `fetch`, since `EventSource` sends no credential.
 */
import type { Way } from './transport.js';
import { unlessAborted } from './waiting.js';

/** A stream has a comment every 15 seconds; after this long without any byte it is lost. */
const silenceMillisMax = 60_000;

export interface StreamListener {
  /** The server has answered, and the stream is open. */
  readonly onOpen: () => void;
  /** The device is said to be in another state than active. */
  readonly onLeft: () => void;
  /** It has ended or could not be opened; how long until another should be tried is the listener's to know. */
  readonly onEnd: () => void;
}

/**
 * Opens the stream.
 *
 * @returns how to end it, without a call of `onEnd`
 */
export function listen(way: Way, deviceId: string, token: string, listener: StreamListener): () => void {
  const abort = new AbortController();
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    abort.abort();
  };
  way.signal.addEventListener('abort', close, { once: true });
  void follow(way, deviceId, token, listener, abort).finally(() => {
    way.signal.removeEventListener('abort', close);
    if (!isClosed) listener.onEnd();
  });
  return close;
}

/** Never throws: however it ends, it has ended. */
async function follow(
  way: Way,
  deviceId: string,
  token: string,
  listener: StreamListener,
  abort: AbortController,
): Promise<void> {
  let stopWaiting = (): void => undefined;
  const wait = (): void => {
    stopWaiting();
    stopWaiting = way.clock.schedule(silenceMillisMax, () => abort.abort());
  };
  const hear = async (): Promise<void> => {
    const response = await way.fetch(new URL(`v1/devices/${deviceId}/stream`, way.serverUrl), {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
      redirect: 'manual',
      credentials: 'omit',
      signal: abort.signal,
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (abort.signal.aborted || !response.ok || !isStream || response.body === null) return;
    listener.onOpen();
    await read(response.body, abort.signal, wait, listener.onLeft);
  };
  try {
    wait();
    await unlessAborted(abort.signal, hear());
  } catch {
    // A lost connection is an end like another.
  } finally {
    stopWaiting();
    // Whatever is still unread is not wanted any more.
    abort.abort();
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onBytes: () => void,
  onLeft: () => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    // One that was given up may go on all the same.
    if (done || signal.aborted) return;
    onBytes();
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    if (blocks.some(tellsOfLeaving)) onLeft();
    // What never ends a block is no stream of ours.
    if (rest.length > 1_000_000) return;
  }
}

function tellsOfLeaving(block: string): boolean {
  const lines = block.split('\n');
  if (!lines.includes('event: device')) return false;
  const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length) ?? '';
  try {
    const { state } = JSON.parse(data) as { state?: unknown };
    return state !== 'active';
  } catch {
    return false;
  }
}
