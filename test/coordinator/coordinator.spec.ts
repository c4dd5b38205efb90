/** What the coordinator does when a transaction fails: who gets which answer, and that the others go on. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { issue } from '../../machines/index.js';
import { hashSecret } from '../../src/auth/secret.js';
import { parseConfiguration } from '../../src/config/configuration.js';
import { Changes } from '../../src/coordinator/changes.js';
import { Coordinator } from '../../src/coordinator/coordinator.js';
import { CoordinatorMetrics } from '../../src/coordinator/coordinator.metrics.js';
import type { Decided, Result } from '../../src/coordinator/result.js';
import { addSeats } from '../../src/coordinator/statements.js';
import type { Submission } from '../../src/coordinator/submission.js';
import { LeaseSigner } from '../../src/leases/lease.signer.js';
import { SigningKeys } from '../../src/leases/signing-keys.js';
import { insertLicense } from '../../src/licenses/license.queries.js';
import { insertOrganization } from '../../src/organizations/organization.queries.js';
import { SetClock, start } from '../support/assembly.js';
import { FaultyDatabase, sqliteError } from './faulty.database.js';

// The faults are made on purpose; what is logged of them is not looked at here.
Logger.overrideLogger(false);

const vendor = { kind: 'operator', id: null, name: 'Vendor' } as const;

let database: FaultyDatabase;
let coordinator: Coordinator;
let clock: SetClock;

beforeEach(async () => {
  database = await FaultyDatabase.open();
  coordinator = await coordinatorWith({});
});
afterEach(async () => {
  database.fault = () => undefined;
  await coordinator.close();
  await database.close();
});

async function coordinatorWith(environment: Record<string, string>): Promise<Coordinator> {
  clock = new SetClock(start);
  const keys = await SigningKeys.load({ database, secret: null, now: start, notify: () => undefined });
  const signer = new LeaseSigner(keys, { publicUrl: 'http://seats.test' });
  return new Coordinator(
    database,
    signer,
    clock,
    parseConfiguration(environment),
    new CoordinatorMetrics(),
    new Changes(),
  );
}

async function license(seats = 10): Promise<string> {
  const id = randomUUID();
  const terms = { checkInPeriod: 'P30D', checkInPeriodMillis: 2_592_000_000, keyHash: hashSecret(id), keyHint: 'x' };
  const until = { validUntil: null, supportAndUpgradeUntil: null };
  const born = issue({ id, seats, ...terms, ...until }, 'enabled', { actor: vendor, at: start });
  const organization = { id: randomUUID(), name: 'Acme' };
  await database.write(async (session) => {
    await insertOrganization(session, organization, start);
    const { license, setting } = born;
    const record = { license, setting, organizationId: organization.id, product: 'Mapper', lastSequence: 0 };
    await insertLicense(session, record, start);
    await addSeats(session, id, 1, seats);
  });
  return id;
}

function activation(licenseId: string, fingerprint: string): Submission {
  return {
    command: {
      type: 'activate',
      actor: { kind: 'licenseKey', id: null, name: 'x' },
      fingerprint,
      newDeviceId: randomUUID(),
      name: null,
      platform: null,
      appVersion: null,
    },
    address: { by: 'license', id: licenseId },
    organizationId: null,
    proof: null,
    requestId: null,
  };
}

function decided(result: Result): Decided {
  if (result.kind !== 'decided') throw new Error(`not decided: ${result.kind}`);
  return result;
}

const seatOf = (result: Result): number | null => {
  const { rows, outcome } = decided(result);
  return outcome.subjectId === null ? null : (rows.devices.get(outcome.subjectId)?.seat ?? null);
};

describe('a batch', () => {
  it('takes what arrives together into one transaction, in the order of arrival', async () => {
    const id = await license();
    const before = database.transactions;
    const results = await Promise.all(
      ['first-one', 'second-one', 'third-one'].map((name) => coordinator.submit(activation(id, name))),
    );
    expect(results.map(seatOf)).toEqual([1, 2, 3]);
    expect(database.transactions).toBe(before + 1);
  });

  it('writes a bounded number of overdue devices, of however many licenses, and answers everybody in the end', async () => {
    const ids = await Promise.all([license(80), license(80)]);
    const activations = ids.flatMap((id) =>
      Array.from({ length: 80 }, (_, index) => coordinator.submit(activation(id, `${id} ${index}`))),
    );
    await Promise.all(activations);
    clock.instant = start + 2_592_000_000;
    const before = database.transactions;
    const results = await Promise.all(ids.map((id) => coordinator.submit(activation(id, 'another one'))));
    expect(results.map(seatOf)).toEqual([1, 1]);
    // 160 are overdue, and a hundred go into one transaction.
    expect(database.transactions).toBe(before + 2);
    const expired = `SELECT count(*) AS count FROM device WHERE state = 'expired'`;
    expect(await database.read((session) => session.all(expired))).toEqual([{ count: 160 }]);
  });

  it('with a poisoned command answers that one with the fault, and all others as if it had not been there', async () => {
    const id = await license();
    database.fault = (_sql, parameters) => {
      if (parameters.includes('poisoned-one')) throw new Error('a value that the database rejects');
    };
    const names = ['healthy-1', 'healthy-2', 'poisoned-one', 'healthy-3', 'healthy-4'];
    const results = await Promise.allSettled(names.map((name) => coordinator.submit(activation(id, name))));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(results.flatMap((result) => (result.status === 'fulfilled' ? [seatOf(result.value)] : []))).toEqual([
      1, 2, 3, 4,
    ]);
    expect(results[2]).toMatchObject({
      reason: expect.objectContaining({ message: expect.stringMatching(/rejects/) }),
    });
    const sequences = await database.read((session) =>
      session.all('SELECT sequence FROM transition ORDER BY sequence'),
    );
    expect(sequences).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((sequence) => ({ sequence })));
  });

  it.each(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_CONSTRAINT_UNIQUE'])(
    'that meets %s is loaded and decided again',
    async (code) => {
      const id = await license();
      let failures = 2;
      database.fault = (sql) => {
        if (sql.startsWith('INSERT INTO device') && failures > 0) {
          failures -= 1;
          throw sqliteError(code);
        }
      };
      expect(seatOf(await coordinator.submit(activation(id, 'patient-one')))).toBe(1);
      expect(failures).toBe(0);
    },
  );

  it.each(['SQLITE_FULL', 'SQLITE_IOERR_FSYNC', 'SQLITE_READONLY', 'SQLITE_BUSY'])(
    'that %s keeps from being written is answered overloaded, without effect, and the next one works',
    async (code) => {
      const id = await license();
      database.fault = (sql) => {
        if (sql.startsWith('INSERT INTO device')) throw sqliteError(code);
      };
      const answers = await Promise.allSettled([
        coordinator.submit(activation(id, 'unlucky-1')),
        coordinator.submit(activation(id, 'unlucky-2')),
      ]);
      for (const answer of answers) {
        expect(answer).toMatchObject({
          status: 'rejected',
          reason: { code: 'overloaded', extras: { outcome: 'none' } },
        });
      }
      database.fault = () => undefined;
      expect(seatOf(await coordinator.submit(activation(id, 'lucky-one')))).toBe(1);
    },
  );
});

describe('readiness', () => {
  it('ends with a full disk, and comes back when a trial write succeeds', async () => {
    const id = await license();
    database.fault = () => {
      throw sqliteError('SQLITE_FULL');
    };
    await expect(coordinator.submit(activation(id, 'unlucky-1'))).rejects.toMatchObject({ code: 'overloaded' });
    expect(await coordinator.isReady()).toBe(false);
    database.fault = () => undefined;
    expect(await coordinator.isReady()).toBe(true);
  });
});

describe('the queue', () => {
  it('refuses at once what it has no room for, and answers what it has taken', async () => {
    const narrow = await coordinatorWith({ SEATKEEPER_QUEUE_LIMIT: '2' });
    const id = await license();
    const answers = await Promise.allSettled(
      ['waiting-1', 'waiting-2', 'too-many-3'].map((name) => narrow.submit(activation(id, name))),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await narrow.close();
  });

  it('that is closed takes nothing more, and stores what it had taken first', async () => {
    const id = await license();
    const taken = coordinator.submit(activation(id, 'last-one-in'));
    const closed = coordinator.close();
    await expect(coordinator.submit(activation(id, 'too-late-1'))).rejects.toMatchObject({ code: 'overloaded' });
    await closed;
    expect(seatOf(await taken)).toBe(1);
    expect(await database.read((session) => session.all('SELECT state FROM device'))).toEqual([{ state: 'active' }]);
  });
});
