/**
 * The one way through for every write: commands wait in a bounded queue, are decided in batches, and are answered after
 * COMMIT. It also knows what to do when a batch fails (see ARCHITECTURE.md, "Failures of a batch").
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { LeaseSigner } from '../leases/lease.signer.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { type BatchTools, decideAll, runBatch } from './batch.js';
import { Changes } from './changes.js';
import { CoordinatorMetrics } from './coordinator.metrics.js';
import { failureOf } from './failures.js';
import { judge } from './judge.js';
import { Lanes } from './lanes.js';
import { load } from './load.js';
import { noLocks } from './locks.js';
import { RefusalLog } from './refusal.log.js';
import type { Result } from './result.js';
import { appendCounts } from './refusal.rows.js';
import type { Submission } from './submission.js';

/** What a piece of recording does: writes within the transaction it is given, and says what to answer. */
export type Recording<Result> = (session: Session, now: number) => Promise<Result>;

interface Pending {
  readonly submission: Submission;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** No license has more active devices than this, so a preview settles it completely. */
const seatsMax = 100_000;
const attemptsMax = 4;
const retryAfterSeconds = 2;

@Injectable()
export class Coordinator {
  private readonly logger = new Logger('Coordinator');
  private readonly refusals: RefusalLog;
  private readonly lanes: Lanes<Pending>;
  private readonly tools: BatchTools;
  private isClosed = false;
  /** Whether the last transaction failed because the database could not be written to. */
  private isStorageAway = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeaseSigner) signer: LeaseSigner,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Configuration) configuration: Configuration,
    @Inject(CoordinatorMetrics) private readonly metrics: CoordinatorMetrics,
    @Inject(Changes) private readonly changes: Changes,
  ) {
    this.refusals = new RefusalLog(() => clock.now());
    this.tools = { database, signer, refusals: this.refusals, changes, clock };
    this.lanes = new Lanes(configuration.queueLimit, database.hasRivals, (batch) => this.runWithCare(batch));
    database.watchCommits((millis) => metrics.committed(millis));
    metrics.watchQueue(() => this.lanes.length);
  }

  /** Whether nothing more is taken now: the queue is full, or the server is shutting down. */
  get isOverloaded(): boolean {
    return this.isClosed || this.lanes.isFull;
  }

  /**
   * Submits a command; resolves after COMMIT, or when it was refused.
   * Rejects with `overloaded` where it cannot be taken or stored, and with the fault itself where it is poison.
   */
  submit(submission: Submission): Promise<Result> {
    if (this.isOverloaded) return Promise.reject(overloaded());
    return new Promise((resolve, reject) => this.lanes.put({ kind: 'item', item: { submission, resolve, reject } }));
  }

  /**
   * What a submission would get now: decided on real rows, in a read-only snapshot, beside the queue. Nothing is stored,
   * nothing counted, and no token or lease is given.
   */
  preview(submission: Submission): Promise<Result> {
    return this.database.read(async (session) => {
      const now = await this.clock.nowIn(session);
      const { world } = await load(session, [submission], now, noLocks, seatsMax);
      return judge(world, submission, { now, sign: null, refusals: this.refusals }).result;
    });
  }

  /**
   * Runs `work` in a transaction of its own, in its turn between the batches; resolves after COMMIT. For rows that no
   * machine decides about: organizations, tokens, remembered answers. `work` may run again after a failure.
   * Rejects with what `work` throws, or with the `overloaded` problem.
   */
  record<Result>(work: Recording<Result>): Promise<Result> {
    if (this.isOverloaded) return Promise.reject(overloaded());
    return new Promise((resolve, reject) => {
      this.lanes.put({
        kind: 'work',
        work: () =>
          this.attempt(() =>
            this.database.write(async (session) => work(session, await this.clock.nowIn(session))),
          ).then(resolve, reject),
      });
    });
  }

  /**
   * Decides one submission within a transaction of `record`, for requests whose answer is remembered with what they did.
   * Gives the result, and what to call after COMMIT.
   */
  async decideWithin(session: Session, submission: Submission): Promise<{ result: Result; afterCommit: () => void }> {
    const commits: (() => void)[] = [];
    for (;;) {
      const { results, afterCommit } = await decideAll(session, this.tools, [submission]);
      commits.push(afterCommit);
      const result = results.get(submission);
      if (result !== undefined) return { result, afterCommit: () => commits.forEach((commit) => commit()) };
    }
  }

  /** Whether the database takes writes: what the last transaction said, and a trial where that was no. */
  async isReady(): Promise<boolean> {
    if (this.isClosed) return false;
    if (this.isStorageAway && (await this.database.isWritable())) this.isStorageAway = false;
    return !this.isStorageAway;
  }

  /** Appends what the minutes that have ended counted of repeated refusals. */
  async flushRefusals(all = false): Promise<void> {
    const counts = this.refusals.takeEnded(all);
    if (counts.length === 0) return;
    try {
      const tell = await this.attempt(() =>
        this.database.write(async (session) => {
          const rows = await appendCounts(session, counts, await this.clock.nowIn(session));
          return this.changes.announce(session, rows);
        }),
      );
      tell();
    } catch (error) {
      this.refusals.restore(counts);
      throw error;
    }
  }

  /** Takes nothing more, answers what was taken, and resolves when all of it is stored. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.lanes.drained();
    await this.flushRefusals(true).catch((error: unknown) => this.logger.error(error));
  }

  private async runWithCare(batch: readonly Pending[]): Promise<readonly Pending[]> {
    const started = performance.now();
    const again = await this.runOrHalve(batch);
    this.metrics.batchEnded(batch.length, performance.now() - started);
    return again;
  }

  /** Runs a batch; where it is poisoned, its halves, until the offending command is alone and fails alone. */
  private async runOrHalve(batch: readonly Pending[]): Promise<readonly Pending[]> {
    try {
      const submissions = batch.map(({ submission }) => submission);
      const { results } = await this.attempt(() => runBatch(this.tools, submissions));
      this.metrics.answered(results);
      return batch.filter(({ submission, resolve }) => {
        const result = results.get(submission);
        if (result === undefined) return true;
        resolve(result);
        return false;
      });
    } catch (error) {
      const isOverload = error instanceof ProblemError;
      if (isOverload || batch.length === 1) {
        if (!isOverload) this.logPoison(batch, error);
        for (const { reject } of batch) reject(error);
        return [];
      }
      const middle = batch.length >> 1;
      const first = await this.runOrHalve(batch.slice(0, middle));
      return [...first, ...(await this.runOrHalve(batch.slice(middle)))];
    }
  }

  /** Tries a transaction again while others are in its way. Rejects with `overloaded` where the database is away. */
  private async attempt<Outcome>(transaction: () => Promise<Outcome>): Promise<Outcome> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        const outcome = await transaction();
        this.isStorageAway = false;
        return outcome;
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'conflict' && attempts < attemptsMax) continue;
        if (failure === 'poison') throw error;
        this.isStorageAway = failure !== 'conflict';
        this.logger.error(
          `a transaction failed (${failure}): ${error instanceof Error ? error.message : 'no message'}`,
        );
        throw overloaded(failure === 'unknown' ? 'unknown' : 'none');
      }
    }
  }

  private logPoison(batch: readonly Pending[], error: unknown): void {
    const [pending] = batch;
    const command = pending?.submission.command.type;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logger.error(`${command} of request ${pending?.submission.requestId} cannot be processed: ${message}`);
  }
}

function overloaded(outcome: 'none' | 'unknown' = 'none'): ProblemError {
  return new ProblemError(
    'overloaded',
    outcome === 'none'
      ? 'The request was not processed: too many are waiting, or the database cannot be written to.'
      : 'The connection to the database was lost, and whether the request was processed cannot be told. Send it again.',
    { outcome },
    retryAfterSeconds,
  );
}
