/**
 * A small application for tests of who may do what: the modules of auth and organizations, routes that only say who asked, a real
 * SQLite file and a real port. It has no licenses and no devices of its own; tests write such rows by hand.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Global, Inject, Module, Param, Post, Req, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow, CheckedByBatch, Public } from '../../src/auth/access.decorators.js';
import { Asker, askerOf } from '../../src/auth/asker.decorator.js';
import { AuthModule } from '../../src/auth/auth.module.js';
import { Credentials } from '../../src/auth/credentials.js';
import type { Principal } from '../../src/auth/principal.js';
import { hashSecret } from '../../src/auth/secret.js';
import { Configuration, parseConfiguration } from '../../src/config/configuration.js';
import { Coordinator, type Recording } from '../../src/coordinator/coordinator.js';
import { createAdapter } from '../../src/http/adapter.js';
import { configureHttp } from '../../src/http/configure-http.js';
import { OrganizationsModule } from '../../src/organizations/organizations.module.js';
import { Database } from '../../src/persistence/database.js';
import type { SqlValue } from '../../src/persistence/session.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';

/** What the recording coordinator says the time is. */
export const now = Date.UTC(2026, 10, 24);

@Controller('asked')
export class AskedController {
  constructor(@Inject(Credentials) private readonly credentials: Credentials) {}

  @Get('open')
  @Public()
  open(): { kind: string } {
    return { kind: 'nobody' };
  }

  @Get('anybody')
  @Allow('licenseKey', 'device', 'operator', 'support', 'owner', 'manager', 'editor', 'reader')
  anybody(@Asker() asker: Principal): Principal {
    return asker;
  }

  @Get('key-only')
  @Allow('licenseKey')
  keyOnly(@Asker() asker: Principal): Principal {
    return asker;
  }

  @Get('editors')
  @Allow('editor', 'operator')
  editors(@Asker() asker: Principal): Principal {
    return asker;
  }

  @Post('hot/:id')
  @Allow('device')
  @CheckedByBatch()
  hot(@Asker() asker: Principal): Principal {
    return asker;
  }

  @Post('explained/:id')
  @Allow('device')
  @CheckedByBatch()
  explained(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Principal> {
    return this.explain(request, id);
  }

  @Post('explained')
  @Allow('device')
  @CheckedByBatch()
  explainedWithoutDevice(@Req() request: FastifyRequest): Promise<Principal> {
    return this.explain(request, null);
  }

  private explain(request: FastifyRequest, deviceId: string | null): Promise<Principal> {
    const asker = askerOf(request);
    if (asker.kind !== 'deviceClaim') throw new Error(`a ${asker.kind} came as if it were a claim`);
    return this.credentials.explainClaim(request, asker, deviceId);
  }

  @Post('strict')
  @Allow('operator')
  strict(@Body({ schema: z.strictObject({ name: z.string() }) }) body: { name: string }): { name: string } {
    return body;
  }
}

/** An answer of the application. */
export interface AppAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export class AuthApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: SqliteDatabase,
    private readonly url: string,
  ) {}

  /** Starts it on a new database. @param env further environment variables @param controllers instead of `AskedController` */
  static async start(env: Record<string, string> = {}, controllers: Type[] = [AskedController]): Promise<AuthApp> {
    const database = await newDatabase();
    const configuration = parseConfiguration({ LOG_LEVEL: 'silent', ...env });
    @Global()
    @Module({
      providers: [
        { provide: Database, useValue: database },
        { provide: Configuration, useValue: configuration },
        {
          provide: Coordinator,
          useValue: {
            record: <Result>(work: Recording<Result>) => database.write((session) => work(session, now)),
          },
        },
      ],
      exports: [Database, Configuration, Coordinator],
    })
    class Surroundings {}
    @Module({ imports: [Surroundings, AuthModule, OrganizationsModule], controllers })
    class App {}
    try {
      const app = await NestFactory.create<NestFastifyApplication>(App, createAdapter(configuration), {
        logger: false,
        abortOnError: false,
      });
      await configureHttp(app, configuration);
      await app.listen(0, '127.0.0.1');
      return new AuthApp(app, database, await app.getUrl());
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Sends one request. @param authorization the whole header, or null for none */
  async request(
    method: string,
    path: string,
    authorization: string | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<AppAnswer> {
    const sent: Record<string, string> = { ...headers };
    if (authorization !== null) sent['authorization'] = authorization;
    if (body !== undefined) sent['content-type'] = 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: sent,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.close();
  }
}

/** A migrated database in a file of its own. */
export function newDatabase(): Promise<SqliteDatabase> {
  return SqliteDatabase.open(join(mkdtempSync(join(tmpdir(), 'seatkeeper-auth-')), 'auth.sqlite'));
}

/** Writes a row by hand. */
export async function insert(database: Database, table: string, row: Record<string, SqlValue>): Promise<void> {
  const columns = Object.keys(row);
  await database.write((session) =>
    session.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      Object.values(row),
    ),
  );
}

export function insertOrganizationRow(database: Database, id: string): Promise<void> {
  return insert(database, 'organization', { id, name: `Organization ${id}`, created_at: now });
}

export function insertTokenRow(
  database: Database,
  secret: string,
  row: { id: string; role: string; organization_id?: string },
): Promise<void> {
  return insert(database, 'token', {
    organization_id: null,
    ...row,
    name: `The ${row.role}`,
    hash: hashSecret(secret),
    from_environment: 0,
    created_at: now,
  });
}

export function insertLicenseRow(
  database: Database,
  key: string,
  row: { id: string; organization_id: string; status?: string },
): Promise<void> {
  return insert(database, 'license', {
    status: 'active',
    ...row,
    product: 'Mapper Pro',
    key_hash: hashSecret(key),
    key_hint: 'hinted',
    seats: 1,
    check_in_period: 'P30D',
    check_in_period_millis: 30 * 86_400_000,
    last_sequence: 0,
    version: 1,
    created_at: now,
  });
}

export function insertDeviceRow(
  database: Database,
  row: { id: string; license_id: string; token_hash: string | null; next_token_hash: string | null },
): Promise<void> {
  return insert(database, 'device', {
    ...row,
    fingerprint: `fingerprint-${row.id}`,
    named_by_person: 0,
    state: 'loggedOut',
    check_in_count: 0,
    check_ins_since_row: 0,
    version: 1,
  });
}
