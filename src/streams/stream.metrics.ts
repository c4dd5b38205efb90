/** What the streams tell Prometheus: how many are open, and how many ended for which reason. */
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';

/** Why the server ended a stream. */
export type EndReason = 'slow' | 'credential' | 'shutdown';

@Injectable()
export class StreamMetrics {
  readonly registry = new Registry();
  private readonly open = new Gauge({
    name: 'seatkeeper_open_streams',
    help: 'Streams that are open in this process',
    registers: [this.registry],
  });
  private readonly ended = new Counter({
    name: 'seatkeeper_ended_streams_total',
    help: 'Streams that the server ended: slow readers are dropped, ended credentials, shutdown',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });

  constructor() {
    for (const reason of ['slow', 'credential', 'shutdown'] as const) this.ended.inc({ reason }, 0);
  }

  opened(): void {
    this.open.inc();
  }

  closed(): void {
    this.open.dec();
  }

  endedFor(reason: EndReason): void {
    this.ended.inc({ reason });
  }
}
