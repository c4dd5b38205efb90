/** Finds the session that a browser's cookie stands for, and notes that it was used. It signs nobody in. */
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { systemNow } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Database } from '../persistence/database.js';
import { ProblemError } from '../problems/problem.js';
import { isUnsafe, refuseCrossSite } from './cross-site.js';
import { unauthenticated } from './failed-credentials.js';
import { hashSecret } from './secret.js';
import { SessionCookies } from './session.cookies.js';
import { type BrowserSession, findSession, touchSession } from './session.queries.js';

/** How often the use of a session is written down. */
const useMillis = 3_600_000;

@Injectable()
export class Sessions {
  private readonly touched = new Set<string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
  ) {}

  /** Whether a request carries the cookie of a session, good or not. */
  isCarriedBy(request: FastifyRequest): boolean {
    return this.cookies.sessionIn(request.headers.cookie) !== null;
  }

  /**
   * The session of a request that carries no other credential.
   *
   * It is not counted among failed credentials: every tab of a browser goes on sending the cookie of a session that has ended, its
   * neighbours at the same address would pay for it, and nobody guesses 256 bits.
   *
   * @throws `unauthenticated` where there is none or it has ended; `forbidden` where the request comes from another site
   */
  async require(request: FastifyRequest): Promise<BrowserSession> {
    const secret = this.cookies.sessionIn(request.headers.cookie);
    if (secret === null) throw unauthenticated();
    const hash = hashSecret(secret);
    const now = systemNow();
    const found = await this.database.read((session) => findSession(session, hash, now));
    if (found === null) throw new ProblemError('unauthenticated', 'The session has ended: sign in again.');
    if (isUnsafe(request)) refuseCrossSite(request, this.configuration.publicUrl);
    if (now >= found.lastUsedAt + useMillis) void this.touch(hash, now);
    return found;
  }

  /** Nobody waits for it, and where it fails, the next request tries again. */
  private async touch(hash: string, now: number): Promise<void> {
    if (this.touched.has(hash)) return;
    this.touched.add(hash);
    await this.coordinator.record((session) => touchSession(session, hash, now)).catch(() => undefined);
    this.touched.delete(hash);
  }
}
