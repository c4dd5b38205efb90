/**
 * The server put together in the test's own process, on a database file and a port of their own, so that a test can
 * reach what a request cannot: rows, the clock, the coordinator. What a user sees is tested against the built server instead.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { hashSecret } from '../../src/auth/secret.js';
import { Clock } from '../../src/clock/clock.js';
import { parseConfiguration } from '../../src/config/configuration.js';
import { Coordinator } from '../../src/coordinator/coordinator.js';
import { createAdapter } from '../../src/http/adapter.js';
import { configureHttp } from '../../src/http/configure-http.js';
import { describeInterface } from '../../src/openapi/interface.document.js';
import { setUpOpenApi } from '../../src/openapi/openapi.setup.js';
import { operationsByProblem } from '../../src/openapi/problem.operations.js';
import type { SqlValue } from '../../src/persistence/session.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';

/** A clock that a test sets. */
export class SetClock extends Clock {
  constructor(public instant: number) {
    super();
  }

  override now(): number {
    return this.instant;
  }
}

/** When every assembly begins. */
export const start = Date.UTC(2026, 10, 24, 9, 30);

export const day = 86_400_000;

/** An answer; `body` is parsed where it is JSON. */
export interface AssemblyAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export class Assembly {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: SqliteDatabase,
    readonly clock: SetClock,
    readonly url: string,
  ) {}

  /** Starts it on an empty database. The sweep does not run by itself, so that what is due stays unwritten. */
  static async start(): Promise<Assembly> {
    const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-assembly-'));
    const database = await SqliteDatabase.open(join(folder, 'seatkeeper.sqlite'));
    const configuration = parseConfiguration({ LOG_LEVEL: 'silent', SEATKEEPER_SWEEP_INTERVAL: 'PT1H' });
    const clock = new SetClock(start);
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.with(configuration, database, clock),
      createAdapter(configuration),
      {
        logger: false,
        abortOnError: false,
      },
    );
    await configureHttp(app, configuration, undefined, () =>
      operationsByProblem(describeInterface(app, configuration)),
    );
    setUpOpenApi(app, configuration);
    await app.listen(0, '127.0.0.1');
    return new Assembly(app, database, clock, await app.getUrl());
  }

  get coordinator(): Coordinator {
    return this.app.get(Coordinator);
  }

  /** Sends one request. @param token the bearer token; null for none */
  async request(
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<AssemblyAnswer> {
    const sent = { ...headers };
    if (token !== null) sent['authorization'] = `Bearer ${token}`;
    if (body !== undefined) sent['content-type'] = 'application/json';
    const response = await fetch(`${this.url}${path}`, { method, headers: sent, body: JSON.stringify(body) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  /** Writes a row by hand. */
  async insert(table: string, row: Record<string, SqlValue>): Promise<void> {
    const columns = Object.keys(row);
    await this.database.write((session) =>
      session.run(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        Object.values(row),
      ),
    );
  }

  /** Makes an organization by hand. */
  insertOrganization(id: string): Promise<void> {
    return this.insert('organization', { id, name: `Organization ${id}`, created_at: start });
  }

  /** Makes an access token by hand; its secret is the role followed by its id. */
  async insertToken(id: string, role: string, organizationId: string | null = null): Promise<string> {
    const secret = `ska_${role}-${id}`;
    await this.insert('token', {
      id,
      role,
      organization_id: organizationId,
      name: `The ${role}`,
      hash: hashSecret(secret),
      from_environment: 0,
      created_at: start,
    });
    return secret;
  }

  /** Makes a license by hand, with its setting and its free seats. */
  async insertLicense(id: string, organizationId: string, columns: Record<string, SqlValue> = {}): Promise<void> {
    const row = {
      id,
      organization_id: organizationId,
      product: 'Mapper',
      status: 'active',
      key_hash: hashSecret(`key of ${id}`),
      key_hint: 'hint',
      seats: 2,
      check_in_period: 'P30D',
      check_in_period_millis: 30 * day,
      last_sequence: 0,
      version: 1,
      created_at: start,
      ...columns,
    };
    await this.insert('license', row);
    await this.insert('remote_deactivation', { license_id: id, state: 'enabled', epoch: 1 });
    for (let number = 1; number <= row.seats; number += 1) {
      await this.insert('seat', { license_id: id, number, device_id: null });
    }
  }

  /** Activates a new device through the coordinator. */
  async activate(licenseId: string, deviceId: string): Promise<void> {
    const result = await this.coordinator.submit({
      command: {
        type: 'activate',
        actor: { kind: 'licenseKey', id: null, name: 'hint' },
        fingerprint: `machine-${deviceId}`,
        newDeviceId: deviceId,
        name: null,
        platform: null,
        appVersion: null,
      },
      address: { by: 'license', id: licenseId },
      organizationId: null,
      proof: null,
      requestId: null,
    });
    if (result.kind !== 'decided' || result.outcome.kind === 'refused') throw new Error(JSON.stringify(result));
  }

  /** Ends it, and closes the database. */
  stop(): Promise<void> {
    return this.app.close();
  }
}
