/**
 * Counts failures together with the other replicas, in a table: failed credentials by address, or other tries by whatever names them.
 * Whatever fails while one transaction runs shares the next, so that guessing costs each replica one connection at most.
 */
import { Logger } from '@nestjs/common';
import { systemNow } from '../clock/clock.js';
import { databaseNow } from '../clock/database.clock.js';
import type { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { CountedFailure, FailureTally } from './failed-credentials.js';
import { hashSecret } from './secret.js';

/** How often what is over is removed. */
const forgetMillis = 60_000;

interface Waiting {
  readonly resolve: (counted: CountedFailure) => void;
  readonly reject: (error: unknown) => void;
}

export class SharedFailureTally implements FailureTally {
  private readonly logger = new Logger('FailedCredentials');
  private waiting = new Map<string, Waiting[]>();
  private isCounting = false;
  private forgetsAt = 0;

  /** @param windowMillis how long failures count together, from the first one on */
  constructor(
    private readonly database: Database,
    private readonly windowMillis: number,
  ) {}

  add(address: string): Promise<CountedFailure> {
    return new Promise((resolve, reject) => {
      const id = hashSecret(address);
      const waiting = this.waiting.get(id);
      if (waiting === undefined) this.waiting.set(id, [{ resolve, reject }]);
      else waiting.push({ resolve, reject });
      void this.count();
    });
  }

  async clear(address: string): Promise<void> {
    await this.database.write((session) =>
      session.run('DELETE FROM failed_credential WHERE id = ?', [hashSecret(address)]),
    );
  }

  /** Never rejects. */
  private async count(): Promise<void> {
    if (this.isCounting) return;
    this.isCounting = true;
    while (this.waiting.size > 0) {
      const taken = this.waiting;
      this.waiting = new Map();
      await this.countThese(taken);
    }
    this.isCounting = false;
  }

  private async countThese(taken: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const counts = new Map([...taken].map(([id, waiting]) => [id, waiting.length]));
      await this.forget();
      const rows = await this.database.write((session) => addFailures(session, counts, this.windowMillis));
      for (const { id, failures, millisLeft } of rows) {
        const waiting = taken.get(id) ?? [];
        waiting.forEach(({ resolve }, index) => resolve({ number: failures - waiting.length + index + 1, millisLeft }));
      }
    } catch (error) {
      this.logger.error(`failed credentials are counted by this process alone: ${(error as Error).message}`);
      for (const { reject } of [...taken.values()].flat()) reject(error);
    }
  }

  /** Removes what is over, about once a minute: in a transaction of its own, so that it holds no row while it waits for another. */
  private async forget(): Promise<void> {
    if (systemNow() < this.forgetsAt) return;
    this.forgetsAt = systemNow() + forgetMillis;
    await this.database.write((session) =>
      session.run(
        `DELETE FROM failed_credential WHERE id IN (
           SELECT id FROM failed_credential WHERE ends_at <= ${databaseNow} FOR UPDATE SKIP LOCKED)`,
      ),
    );
  }
}

/** Adds to the counts of these, in the order of their ids, so that no two replicas wait for each other in a circle. */
function addFailures(
  session: Session,
  counts: ReadonlyMap<string, number>,
  windowMillis: number,
): Promise<{ id: string; failures: number; millisLeft: number }[]> {
  const ids = [...counts.keys()].sort();
  const isOver = `present.ends_at <= excluded.ends_at - ${windowMillis}`;
  return session.all(
    `INSERT INTO failed_credential AS present (id, failures, ends_at)
       SELECT failed.id, failed.count, ${databaseNow} + ${windowMillis}
         FROM unnest(?::text[], ?::integer[]) AS failed (id, count)
     ON CONFLICT (id) DO UPDATE SET
       failures = CASE WHEN ${isOver} THEN excluded.failures ELSE present.failures + excluded.failures END,
       ends_at = CASE WHEN ${isOver} THEN excluded.ends_at ELSE present.ends_at END
     RETURNING id, failures, ends_at - ${databaseNow} AS "millisLeft"`,
    [ids, ids.map((id) => counts.get(id) ?? 0)],
  );
}
