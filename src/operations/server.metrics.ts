/**
 * What the server tells Prometheus: the process, the coordinator, seats and failed credentials. Totals only: no label ever names a
 * license, a device or an organization.
 */
import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Credentials } from '../auth/credentials.js';
import { FailedCredentials } from '../auth/failed-credentials.js';
import { Clock } from '../clock/clock.js';
import { CoordinatorMetrics } from '../coordinator/coordinator.metrics.js';
import { Database } from '../persistence/database.js';
import { StreamMetrics } from '../streams/stream.metrics.js';
import { countSeats } from './seat.queries.js';

@Injectable()
export class ServerMetrics {
  private readonly registry = new Registry();
  private readonly seats = new Gauge({
    name: 'seatkeeper_seats',
    help: 'Seats of all licenses',
    registers: [this.registry],
  });
  private readonly activeDevices = new Gauge({
    name: 'seatkeeper_active_devices',
    help: 'Active devices of all licenses, overdue ones left out',
    registers: [this.registry],
  });

  constructor(
    @Inject(CoordinatorMetrics) private readonly coordinator: CoordinatorMetrics,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Credentials) credentials: Credentials,
    @Inject(FailedCredentials) failures: FailedCredentials,
    @Inject(StreamMetrics) private readonly streams: StreamMetrics,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.watchTotal('seatkeeper_failed_credentials_total', 'Credentials that were not good', () => failures.total);
    this.watchTotal(
      'seatkeeper_unknown_license_keys_total',
      'License keys that were not known; part of the failed credentials',
      () => credentials.unknownLicenseKeys,
    );
  }

  /** Everything, in Prometheus' text format. Where the database cannot be read, the counts of seats are missing. */
  async text(): Promise<string> {
    await this.count();
    return Registry.merge([this.registry, this.coordinator.registry, this.streams.registry]).metrics();
  }

  private async count(): Promise<void> {
    try {
      const { seats, activeDevices } = await this.database.read(async (session) =>
        countSeats(session, await this.clock.nowIn(session)),
      );
      this.seats.set(seats);
      this.activeDevices.set(activeDevices);
    } catch {
      this.seats.remove();
      this.activeDevices.remove();
    }
  }

  /** Shows a total that somebody else keeps. */
  private watchTotal(name: string, help: string, total: () => number): void {
    const counter: Counter = new Counter({
      name,
      help,
      registers: [this.registry],
      collect: () => {
        counter.reset();
        counter.inc(total());
      },
    });
  }
}
