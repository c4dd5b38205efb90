/**
 * The load generator: HTTP/1.1 over `node:net`, keep-alive, one request in flight on each connection, every answer judged.
 * It never pipelines, retries or reconnects: a connection that breaks is a wrong answer.
 *
 * Why not autocannon: see `bench.ts`, where the two are compared.
 */
import { connect, type Socket } from 'node:net';
import { LatencyHistogram } from './latency.histogram.js';

/** What the connections of one load send and expect. `lane` is the number of the connection, from 0. */
export interface Script {
  /** The whole next request of this lane, or null when the lane has nothing more to send. */
  next(lane: number): Buffer | null;
  /** Judges the answer to the lane's last request: null where it is right, else what is wrong with it. */
  judge(lane: number, status: number, body: Buffer): string | null;
}

/** For how long to load, in milliseconds. Without `measureMillis` until every lane has nothing more to send. */
export interface LoadOptions {
  port: number;
  connections: number;
  warmUpMillis?: number;
  measureMillis?: number;
  /** Measures until something has happened, instead of for a time: when to begin, and when to end. */
  measureBetween?: { begin: () => Promise<void>; end: () => Promise<void> };
  /** Reads a meter, such as the processor time of the server, at both ends of the measured time. */
  meter?: () => number | null;
}

/** What one load showed. Only answers of the measured time count in `requests` and the latencies; every answer is judged. */
export interface LoadResult {
  requests: number;
  requestsPerSecond: number;
  p50Millis: number;
  p99Millis: number;
  /** By how much the meter grew for one measured request; null without a meter. */
  meteredPerRequest: number | null;
  /** Right answers in all, those of the warm-up included. */
  answered: number;
  wrong: number;
  /** The first few wrong answers. */
  samples: string[];
}

const silenceMillisMax = 20_000;
const samplesMax = 5;
const endOfHead = Buffer.from('\r\n\r\n');
const contentLength = /\r\ncontent-length: *(\d+)/i;

/** Runs `script` on `connections` connections at once. Returns when every connection has had its last answer. */
export async function load(script: Script, options: LoadOptions): Promise<LoadResult> {
  const run = new Run(script);
  const sockets = await Promise.all(Array.from({ length: options.connections }, () => open(options.port)));
  const lanes = sockets.map((socket, number) => new Lane(socket, number, run).run());
  const silence = setInterval(() => run.endWhereSilent(sockets), 1_000);
  let metered: number | null = null;
  const { measureMillis, warmUpMillis = 0 } = options;
  const span = options.measureBetween ?? {
    begin: () => pause(warmUpMillis),
    end: () => pause(measureMillis ?? 0),
  };
  if (options.measureBetween !== undefined || measureMillis !== undefined) {
    await span.begin();
    const before = options.meter?.() ?? null;
    run.begin();
    await span.end();
    run.end();
    const after = options.meter?.() ?? null;
    metered = before === null || after === null ? null : after - before;
  }
  await Promise.all(lanes);
  clearInterval(silence);
  return run.result(metered);
}

/** The shared state of one load: what is counted, and whether lanes go on. */
class Run {
  private histogram = new LatencyHistogram();
  private began = performance.now();
  private ended: number | null = null;
  private lastAnswer = performance.now();
  private measured = 0;
  private right = 0;
  private readonly samples: string[] = [];
  private wrong = 0;
  ending = false;

  constructor(readonly script: Script) {}

  begin(): void {
    this.histogram = new LatencyHistogram();
    this.measured = 0;
    this.began = performance.now();
  }

  end(): void {
    this.ended = performance.now();
    this.ending = true;
  }

  answer(lane: number, status: number, body: Buffer, sentAt: number): void {
    const now = performance.now();
    this.lastAnswer = now;
    const fault = this.script.judge(lane, status, body);
    if (fault !== null) return this.fault(fault);
    this.right += 1;
    if (this.ended !== null) return;
    this.measured += 1;
    this.histogram.record(now - sentAt);
  }

  fault(fault: string): void {
    this.wrong += 1;
    if (this.samples.length < samplesMax) this.samples.push(fault);
  }

  endWhereSilent(sockets: readonly Socket[]): void {
    if (performance.now() - this.lastAnswer < silenceMillisMax) return;
    for (const socket of sockets) socket.destroy(new Error(`no answer in ${silenceMillisMax} ms`));
  }

  result(metered: number | null): LoadResult {
    const seconds = ((this.ended ?? this.lastAnswer) - this.began) / 1_000;
    return {
      requests: this.measured,
      requestsPerSecond: this.measured / seconds,
      p50Millis: this.histogram.quantile(0.5),
      p99Millis: this.histogram.quantile(0.99),
      meteredPerRequest: metered === null ? null : metered / this.measured,
      answered: this.right,
      wrong: this.wrong,
      samples: this.samples,
    };
  }
}

/** One connection: sends, collects the answer, has it judged, sends again. */
class Lane {
  private sentAt = 0;
  private pending: Buffer | null = null;
  private waiting = false;
  private done: () => void = () => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly number: number,
    private readonly shared: Run,
  ) {}

  run(): Promise<void> {
    return new Promise((done) => {
      this.done = done;
      this.socket.on('data', (chunk) => this.receive(chunk));
      this.socket.once('error', (error) => this.break(error.message));
      this.socket.once('close', () => this.break('the server closed the connection'));
      this.send();
    });
  }

  private send(): void {
    const bytes = this.shared.ending ? null : this.shared.script.next(this.number);
    this.waiting = bytes !== null;
    if (bytes === null) {
      this.socket.destroy();
      this.done();
      return;
    }
    this.sentAt = performance.now();
    this.socket.write(bytes);
  }

  private receive(chunk: Buffer): void {
    const bytes = this.pending === null ? chunk : Buffer.concat([this.pending, chunk]);
    const head = bytes.indexOf(endOfHead);
    if (head === -1) {
      this.pending = bytes;
      return;
    }
    const length = contentLength.exec(bytes.toString('latin1', 0, head));
    if (length === null) {
      this.socket.destroy(new Error(`an answer without Content-Length: ${bytes.toString('latin1', 0, head)}`));
      return;
    }
    const begin = head + endOfHead.length;
    const end = begin + Number(length[1]);
    if (bytes.length < end) {
      this.pending = bytes;
      return;
    }
    this.pending = null;
    this.shared.answer(this.number, Number(bytes.toString('latin1', 9, 12)), bytes.subarray(begin, end), this.sentAt);
    this.send();
  }

  private break(reason: string): void {
    if (this.waiting) this.shared.fault(reason);
    this.waiting = false;
    this.done();
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      done(socket);
    });
  });
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}
