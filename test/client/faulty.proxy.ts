/**
 * A proxy between the client kit and a server, which passes requests on, or fails them in a way that a test chooses: it drops them, keeps them waiting,
 * cuts answers, and lies. It speaks real HTTP, and knows nothing of the kit.
 */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request. */
export type Fault =
  /** The connection is closed without an answer, before the server has heard of it. */
  | 'drop'
  /** The server hears it, and its answer is lost. */
  | 'loseAnswer'
  /** The server hears it, and its answer ends in the middle. */
  | 'cut'
  /** Nothing happens until the test says so, or the client gives up. */
  | 'stall'
  /** A page, as of a network that wants somebody to sign in. */
  | 'page'
  /** The same, with a status that looks like a refusal. */
  | 'refusingPage'
  /** To an address where the credential must not be sent. */
  | 'redirect'
  /** JSON that is no answer of Seatkeeper's. */
  | 'otherJson'
  /** A problem document of somebody else. */
  | 'otherProblem'
  /** JSON that ends in the middle, though it came whole. */
  | 'brokenJson'
  /** No content at all. */
  | 'empty'
  /** The refusals that are about the moment. */
  | 'tooManyRequests'
  | 'overloaded'
  | 'internalError'
  /** The answer of the server, its lease signed by somebody else. */
  | 'forgedLease'
  /** The answer of the server, about another device. */
  | 'otherDevice';

export const everyFault: readonly Fault[] = [
  'drop',
  'loseAnswer',
  'cut',
  'stall',
  'page',
  'refusingPage',
  'redirect',
  'otherJson',
  'otherProblem',
  'brokenJson',
  'empty',
  'tooManyRequests',
  'overloaded',
  'internalError',
  'forgedLease',
  'otherDevice',
];

export class FaultyProxy {
  /** What becomes of the requests of a path; those that none fits are passed on. */
  private faults: { pattern: RegExp; fault: Fault }[] = [];
  private held: { pattern: RegExp; waiting: (() => void)[] } | null = null;
  /** What came, as `POST /v1/devices`, in order. */
  readonly seen: string[] = [];
  /** What came to the address of the redirect: nothing should. */
  readonly redirected: string[] = [];

  private constructor(
    private readonly server: Server,
    public target: string,
  ) {
    server.on('request', (incoming, answer) => {
      void this.handle(incoming, answer).catch(() => answer.destroy());
    });
  }

  /** @param target the server's address */
  static async before(target: string): Promise<FaultyProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new FaultyProxy(server, target);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Fails the requests whose method and path fit, from now on. */
  fail(fault: Fault, pattern = /^(?:GET|POST) \/v1\/devices/): void {
    this.faults = [{ pattern, fault }];
  }

  /** Passes everything on again. */
  pass(): void {
    this.faults = [];
    this.release();
  }

  /** Keeps requests that fit until `release`, then treats them by the faults of that moment. */
  hold(pattern: RegExp): void {
    this.held = { pattern, waiting: [] };
  }

  get holds(): number {
    return this.held?.waiting.length ?? 0;
  }

  release(): void {
    const waiting = this.held?.waiting ?? [];
    this.held = null;
    for (const go of waiting) go();
  }

  async close(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const line = `${incoming.method} ${incoming.url}`;
    if (incoming.url?.startsWith('/elsewhere') === true) {
      this.redirected.push(line);
      answer.end();
      return;
    }
    this.seen.push(line);
    const body = await bodyOf(incoming);
    if (this.held?.pattern.test(line) === true) {
      const { waiting } = this.held;
      await new Promise<void>((go) => waiting.push(go));
    }
    const fault = this.faults.find(({ pattern }) => pattern.test(line))?.fault ?? null;
    if (fault === null) return this.forward(incoming, body, answer, (given) => given);
    return this.failWith(fault, incoming, body, answer);
  }

  private async failWith(fault: Fault, incoming: IncomingMessage, body: Buffer, answer: ServerResponse): Promise<void> {
    const say = (status: number, type: string, text: string, headers: Record<string, string> = {}): void => {
      answer.writeHead(status, { 'content-type': type, ...headers }).end(text);
    };
    const refuse = (status: number, code: string, more: object = {}): void => {
      const problem = {
        type: 'http://x/problems/x',
        title: 'x',
        status,
        detail: 'Later.',
        instance: incoming.url,
        code,
      };
      say(status, 'application/problem+json', JSON.stringify({ ...problem, remedy: null, ...more }), {
        'retry-after': '7',
      });
    };
    switch (fault) {
      case 'drop':
        answer.destroy();
        return;
      case 'stall':
        return;
      case 'loseAnswer':
        await this.ask(incoming, body);
        answer.destroy();
        return;
      case 'cut': {
        const { status, headers, text } = await this.ask(incoming, body);
        answer.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text) + 10) });
        answer.write(text.slice(0, text.length / 2), () => answer.destroy());
        return;
      }
      case 'page':
        return say(200, 'text/html; charset=utf-8', '<!doctype html><title>Welcome to the hotel</title>');
      case 'refusingPage':
        return say(403, 'text/html', '<h1>Forbidden</h1>');
      case 'redirect':
        return say(302, 'text/plain', '', { location: `${this.url}/elsewhere` });
      case 'otherJson':
        return say(200, 'application/json', JSON.stringify({ ok: true }));
      case 'otherProblem':
        return say(409, 'application/problem+json', JSON.stringify({ title: 'Conflict', status: 409 }));
      case 'brokenJson':
        return say(200, 'application/json', '{"device": {"id": ');
      case 'empty':
        answer.writeHead(204).end();
        return;
      case 'tooManyRequests':
        return refuse(429, 'tooManyRequests');
      case 'overloaded':
        return refuse(503, 'overloaded', { outcome: 'none' });
      case 'internalError':
        return refuse(500, 'internalError');
      case 'forgedLease':
        return this.forward(incoming, body, answer, withForgedLease);
      case 'otherDevice':
        return this.forward(incoming, body, answer, (text) =>
          text.replace(/"device":\{"id":"[^"]+"/, '"device":{"id":"01890a5d-ac96-774b-bcce-b302099a8057"'),
        );
    }
  }

  private async forward(
    incoming: IncomingMessage,
    body: Buffer,
    answer: ServerResponse,
    change: (text: string) => string,
  ): Promise<void> {
    if (incoming.url?.endsWith('/stream') === true) return this.pipe(incoming, answer);
    const { status, headers, text } = await this.ask(incoming, body);
    answer.writeHead(status, headers).end(change(text));
  }

  private async pipe(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { host: _, ...headers } = incoming.headers;
    const asked = request(new URL(incoming.url ?? '/', this.target), { method: incoming.method, headers });
    asked.on('response', (given) => {
      answer.writeHead(given.statusCode ?? 500, given.headers);
      given.pipe(answer);
      given.on('close', () => answer.destroy());
    });
    asked.on('error', () => answer.destroy());
    answer.on('close', () => asked.destroy());
    asked.end();
  }

  private async ask(
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: Record<string, string>; text: string }> {
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
    ) as Record<string, string>;
    const given = await fetch(new URL(incoming.url ?? '/', this.target), {
      method: incoming.method,
      headers,
      redirect: 'manual',
      body: body.length === 0 ? null : new Uint8Array(body),
    });
    const kept = [...given.headers].filter(([name]) => ['content-type', 'retry-after'].includes(name));
    return { status: given.status, headers: Object.fromEntries(kept), text: await given.text() };
  }
}

/** The claims stay, and the signature is another's. */
function withForgedLease(text: string): string {
  return text.replace(/("lease":"[^."]+\.[^."]+\.)[^"]+"/, `$1${'A'.repeat(86)}"`);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
