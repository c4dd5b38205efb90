/**
 * What an operator's commands ask a server: one creating request, with the access token of the environment. An answer that was lost on its way is
 * asked for again under the same idempotency key, so nothing is made twice and no secret is lost.
 */
import { randomUUID } from 'node:crypto';
import { send, type Reply } from '../client/transport.js';
import { systemSeatClock } from '../client/system.seat-clock.js';
import type { Surroundings } from './command.js';
import { accessToken } from './server.option.js';

const attemptsMax = 3;
const timeoutMillis = 10_000;

export class Vendor {
  private readonly token: string;

  /** @throws WrongUsage where the environment holds no token */
  constructor(
    private readonly serverUrl: URL,
    { environment }: Surroundings,
  ) {
    this.token = accessToken(environment);
  }

  /** Creates something. @param path below the server's address, such as `v1/tokens` */
  async create(path: string, body: object): Promise<Reply> {
    const idempotencyKey = randomUUID();
    const way = {
      serverUrl: this.serverUrl,
      fetch: ((target, init) =>
        fetch(target, { ...init, headers: { ...init?.headers, 'idempotency-key': idempotencyKey } })) as typeof fetch,
      clock: systemSeatClock,
      timeoutMillis,
      signal: new AbortController().signal,
    };
    for (let attempt = 1; ; attempt += 1) {
      const reply = await send(way, { method: 'POST', path, authorization: `Bearer ${this.token}`, body });
      // Whether the request has arrived is not known; asking again is harmless.
      const isLost = reply.kind === 'missed' && reply.error.code === 'noAnswer';
      if (!isLost || attempt === attemptsMax) return reply;
    }
  }
}
