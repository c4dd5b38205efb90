/** What the coordinator tells Prometheus about itself: queue, batches, answers and refusals by reason. */
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Result } from './result.js';
import type { Submission } from './submission.js';

@Injectable()
export class CoordinatorMetrics {
  readonly registry = new Registry();
  private readonly commands = new Counter({
    name: 'seatkeeper_commands_total',
    help: 'Commands answered, by type and what became of them',
    labelNames: ['command', 'outcome', 'reason'] as const,
    registers: [this.registry],
  });
  private readonly batchSize = new Histogram({
    name: 'seatkeeper_batch_size',
    help: 'Commands per transaction',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });
  private readonly batchSeconds = new Histogram({
    name: 'seatkeeper_batch_seconds',
    help: 'Time from the start of a batch to after its COMMIT, in seconds',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  private readonly commitSeconds = new Histogram({
    name: 'seatkeeper_commit_seconds',
    help: 'Time that a COMMIT takes, in seconds: what the disk or the database needs to keep a batch',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  watchQueue(length: () => number): void {
    const gauge: Gauge = new Gauge({
      name: 'seatkeeper_queue_length',
      help: 'Commands that wait for a batch',
      registers: [this.registry],
      collect: () => gauge.set(length()),
    });
  }

  batchEnded(commands: number, millis: number): void {
    this.batchSize.observe(commands);
    this.batchSeconds.observe(millis / 1000);
  }

  committed(millis: number): void {
    this.commitSeconds.observe(millis / 1000);
  }

  /** Counts the answers of a batch, once for each kind. */
  answered(answers: Iterable<readonly [Submission, Result]>): void {
    const kinds = new Map<string, { labels: AnswerLabels; count: number }>();
    for (const [{ command }, result] of answers) {
      const outcome = result.kind === 'decided' ? result.outcome.kind : result.kind;
      const reason = result.kind === 'decided' && result.outcome.kind === 'refused' ? result.outcome.reason : '';
      const key = `${command.type} ${outcome} ${reason}`;
      const kind = kinds.get(key);
      if (kind === undefined) kinds.set(key, { labels: { command: command.type, outcome, reason }, count: 1 });
      else kind.count += 1;
    }
    for (const { labels, count } of kinds.values()) this.commands.inc(labels, count);
  }
}

interface AnswerLabels {
  command: string;
  outcome: string;
  reason: string;
}
