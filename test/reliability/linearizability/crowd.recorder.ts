/**
 * A crowd of clients of one license, through any of several servers, and what each asked, when, and was told. One monotonic clock stamps
 * all of it. It judges nothing; what it did not reckon with is kept as a surprise.
 */
import { randomUUID } from 'node:crypto';
import { roll } from '../../support/lives.js';
import type { Problem } from '../../support/problem.js';
import type { Device, List, Seat } from '../../support/representations.js';
import type { LicenseScene } from '../../support/scene.js';
import type { Answer, RequestOptions } from '../../support/server.js';
import type { Operation } from './operation.js';
import { notActive, notFound, type SeatCall, shownDevice, shownSeats } from './seats.model.js';

/** Whoever answers requests: a test server, or one of several replicas. */
export interface Asked {
  request<Body>(method: string, path: string, options?: RequestOptions): Promise<Answer<Body>>;
}

interface Client {
  readonly fingerprint: string;
  id: string | null;
  /** The number of the activation whose token it holds, and the token. */
  token: { readonly number: number; readonly secret: string } | null;
}

interface Told {
  readonly answer: string;
  readonly body: unknown;
}

export class RecordedCrowd {
  readonly operations: Operation<SeatCall>[] = [];
  /** Answers that no rule explains. */
  readonly surprises: string[] = [];
  private readonly clients: Client[];
  private activations = 0;

  /** @param servers every other client asks any of them, the others and the owner the last one only. @param license with remote deactivation enabled, and no device yet */
  constructor(
    private readonly servers: readonly Asked[],
    private readonly license: LicenseScene,
    clientCount: number,
  ) {
    this.clients = Array.from({ length: clientCount }, () => ({
      fingerprint: `client-${randomUUID()}`,
      id: null,
      token: null,
    }));
  }

  /** How many operations got no answer, so that they may have happened or not. */
  get unanswered(): number {
    return this.operations.filter(({ answer }) => answer === null).length;
  }

  /** How many operations were answered. */
  get answered(): number {
    return this.operations.filter(({ answer }) => answer !== null).length;
  }

  /** Everybody lives until told to end: each client for itself, an owner and a reader for all. */
  async live(hasEnded: () => boolean): Promise<void> {
    const forever = async (once: () => Promise<void>): Promise<void> => {
      while (!hasEnded()) await once();
    };
    await Promise.all([
      ...this.clients.map((client) => forever(() => this.liveAs(client))),
      forever(() => this.own()),
      forever(() => this.readSeats()),
    ]);
  }

  /** What is known in the end: every device and every seat, once everybody is quiet. */
  async readEverything(): Promise<void> {
    for (const { id, fingerprint } of this.clients) if (id !== null) await this.readDevice(id, fingerprint);
    await this.readSeats();
  }

  private liveAs(client: Client): Promise<void> {
    const { id, token } = client;
    if (id === null || token === null || roll(10) < 3) return this.activate(client);
    return this.asDevice(client, id, token, roll(3) === 0 ? 'logOut' : 'checkIn');
  }

  private async activate(client: Client): Promise<void> {
    const { fingerprint } = client;
    const number = (this.activations += 1);
    const told = await this.ask({ kind: 'activate', fingerprint, token: number }, 'POST', '/v1/devices', {
      auth: this.license.auth,
      body: { fingerprint },
    });
    // Whether the token in hand is still good is not known.
    if (told === null) client.token = null;
    const body = told?.body as { device?: Device; token?: string } | undefined;
    if (body?.device === undefined || body.token === undefined) return;
    client.id = body.device.id;
    client.token = { number, secret: body.token };
  }

  private async asDevice(
    { fingerprint }: Client,
    id: string,
    token: NonNullable<Client['token']>,
    kind: 'checkIn' | 'logOut',
  ): Promise<void> {
    const path = `/v1/devices/${id}/${kind === 'checkIn' ? 'check-in' : 'log-out'}`;
    await this.ask({ kind, fingerprint, token: token.number }, 'POST', path, { auth: `Bearer ${token.secret}` });
  }

  /** As the owner: looks at a device, and sometimes deactivates it. */
  private async own(): Promise<void> {
    const client = this.clients[roll(this.clients.length)];
    if (client === undefined || client.id === null) return this.readSeats();
    const { id, fingerprint } = client;
    if (roll(4) > 0) return this.readDevice(id, fingerprint);
    const path = `/v1/devices/${id}/remote-deactivation`;
    await this.ask({ kind: 'remotelyDeactivate', fingerprint }, 'POST', path, { body: {} });
  }

  private async readDevice(id: string, fingerprint: string): Promise<void> {
    await this.ask({ kind: 'readDevice', fingerprint }, 'GET', `/v1/devices/${id}`, {});
  }

  private async readSeats(): Promise<void> {
    await this.ask({ kind: 'readSeats' }, 'GET', `/v1/licenses/${this.license.id}/seats?limit=200`, {});
  }

  /** Asks one of the servers and records it; gives null where there was no answer that tells anything. */
  private async ask(call: SeatCall, method: string, path: string, options: RequestOptions): Promise<Told | null> {
    const isFaithful =
      !('token' in call) || this.clients.findIndex((one) => one.fingerprint === call.fingerprint) % 2 === 1;
    const server = isFaithful ? this.servers.at(-1) : this.servers[roll(this.servers.length)];
    if (server === undefined) throw new Error('nobody to ask');
    const invokedAt = performance.now();
    // An error of fetch is no `Error` of this realm under Jest.
    const { answer, failure } = await server.request<unknown>(method, path, options).then(
      (answer) => ({ answer, failure: null }),
      (failure: unknown) => ({ answer: null, failure }),
    );
    const answeredAt = performance.now();
    const outcome = answer === null ? (isRefusedConnection(failure) ? 'none' : 'unknown') : outcomeOf(answer);
    if (outcome === 'none') return null;
    if (answer === null || outcome === 'unknown') {
      if (answer !== null && answer.status !== 503) {
        this.surprises.push(`${call.kind}: ${answer.status} ${answer.text} ${answer.headers.get('x-request-id')}`);
      }
      // A read without an answer says nothing.
      if (method !== 'GET') this.operations.push({ call, invokedAt, answeredAt: Infinity, answer: null });
      return null;
    }
    const told = shownAnswer(answer);
    if (told === null) this.surprises.push(`${call.kind}: ${answer.status} ${answer.text}`);
    const shown = told ?? `${answer.status}`;
    this.operations.push({ call, invokedAt, answeredAt, answer: shown });
    return { answer: shown, body: answer.body };
  }
}

/** Whether the request was answered, had no effect for sure, or may have had one. */
function outcomeOf({ status, body }: Answer<unknown>): 'answered' | 'none' | 'unknown' {
  if (status === 503) return (body as { outcome?: unknown } | null)?.outcome === 'none' ? 'none' : 'unknown';
  return status >= 500 ? 'unknown' : 'answered';
}

/** Nobody listened, so nothing was sent. */
function isRefusedConnection(failure: unknown): boolean {
  return ((failure as { cause?: unknown }).cause as { code?: unknown } | undefined)?.code === 'ECONNREFUSED';
}

/** The answer as the model writes it; null for one that the model does not know. */
function shownAnswer({ status, body }: Answer<unknown>): string | null {
  if (status >= 400) {
    const { code, state } = body as Partial<Problem>;
    if (code === 'deviceNotActive') return notActive(String(state));
    if (code === 'notFound') return notFound;
    return code === 'noSeatAvailable' || code === 'unauthenticated' ? code : null;
  }
  const { items } = body as Partial<List<Seat>>;
  if (items !== undefined) return shownSeats(items.map(({ device }) => device?.fingerprint ?? null));
  const device = (body as { device?: Device }).device ?? (body as Device);
  return shownDevice(device.state, device.seat, device.checkInCount);
}
