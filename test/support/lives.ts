/**
 * Builders for tests in which many devices live at once and the server may die: clients that keep what was acknowledged and what became of no answer, and waiting for a
 * condition. Asserts nothing.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Problem } from './problem.js';
import { type Activation, type Device } from './representations.js';
import { type Answer, type RequestOptions, type TestServer } from './server.js';

/** Waits until `condition` holds, looking every few milliseconds; throws after `millisMax`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  millisMax = 60_000,
): Promise<void> {
  const deadline = Date.now() + millisMax;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${millisMax} ms in vain: ${what}`);
    await pause(5);
  }
}

/** A whole number from 0 to `below - 1`. */
export function roll(below: number): number {
  return Math.floor(Math.random() * below);
}

/** The answer, or null where the connection ended without one. */
export async function tryRequest<Body = Record<string, unknown>>(
  server: TestServer,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Answer<Body> | null> {
  return server.request<Body>(method, path, options).catch(() => null);
}

/** What a client asked for last without getting an answer. */
export type Unanswered = 'activate' | 'checkIn' | 'logOut' | 'remotelyDeactivate';

/** A license key that may be replaced while clients use it. */
export interface KeyRing {
  key: string;
}

/**
 * One device and what its client knows: the last acknowledged representation, the token that came with it, and the request that was never answered. Sends one
 * request at a time.
 */
export class ClientLife {
  readonly fingerprint = `client-${randomUUID()}`;
  /** The device as last acknowledged; null before the first acknowledgement. */
  device: Device | null = null;
  token: string | null = null;
  unanswered: Unanswered | null = null;
  /** Acknowledged changes and connections. */
  acknowledged = 0;
  /** Answers that were neither a success nor a refusal that had to be reckoned with. */
  readonly surprises: string[] = [];

  /** `reckonedWith` are the codes of refusals that may come in this test. */
  constructor(
    private readonly server: TestServer,
    private readonly ring: KeyRing,
    private readonly reckonedWith: readonly string[] = [],
  ) {}

  /** Does what a client in this state may do next. */
  async live(): Promise<void> {
    if (this.token === null || this.device?.state !== 'active') return this.activate();
    const dice = roll(10);
    if (dice < 6) return this.checkIn();
    return dice < 8 ? this.logOut() : this.remotelyDeactivate();
  }

  async activate(): Promise<void> {
    const answer = await tryRequest<Activation>(this.server, 'POST', '/v1/devices', {
      auth: `License ${this.ring.key}`,
      body: { fingerprint: this.fingerprint },
    });
    if (this.keep('activate', answer)) this.token = answer.body.token;
  }

  checkIn(): Promise<void> {
    return this.ask('checkIn', 'check-in', `Bearer ${this.token}`);
  }

  logOut(): Promise<void> {
    return this.ask('logOut', 'log-out', `Bearer ${this.token}`);
  }

  /** As the operator. */
  remotelyDeactivate(): Promise<void> {
    return this.ask('remotelyDeactivate', 'remote-deactivation', undefined);
  }

  private async ask(what: Unanswered, path: string, auth: string | undefined): Promise<void> {
    const url = `/v1/devices/${this.device?.id}/${path}`;
    this.keep(what, await tryRequest<{ device: Device }>(this.server, 'POST', url, { auth }));
  }

  private keep<Body extends { device: Device }>(what: Unanswered, answer: Answer<Body> | null): answer is Answer<Body> {
    if (answer === null) {
      this.unanswered = what;
      return false;
    }
    if (answer.status < 300) {
      this.device = answer.body.device;
      this.acknowledged += 1;
      return true;
    }
    const problem = answer.body as Partial<Problem>;
    if (problem.code === 'deviceNotActive' && this.device !== null) {
      this.device = { ...this.device, state: problem.state as Device['state'] };
    }
    if (!this.reckonedWith.includes(String(problem.code))) {
      this.surprises.push(`${what}: ${answer.status} ${answer.text}`);
    }
    return false;
  }
}
