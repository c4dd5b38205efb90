/** Failures that two replicas count together, in a real table: each has a place of its own, and what is over is forgotten. */
import { SharedFailureTally } from '../../src/auth/failure.tally.js';
import { PostgresDatabase } from '../../src/persistence/postgres.database.js';
import { newPostgres, onPostgres } from '../support/postgres.js';

let url: string;
let databases: PostgresDatabase[];
let tallies: SharedFailureTally[];

beforeAll(async () => {
  url = await newPostgres();
  databases = await Promise.all([PostgresDatabase.open(url), PostgresDatabase.open(url)]);
});
afterAll(() => Promise.all(databases.map((database) => database.close())));
beforeEach(async () => {
  await onPostgres(url, 'DELETE FROM failed_credential');
  tallies = databases.map((database) => new SharedFailureTally(database, 60_000));
});

const addresses = Array.from({ length: 20 }, (_, index) => `10.0.0.${index}`);

it('gives each failure a place of its own, however many come at once through either', async () => {
  const rounds = Array.from({ length: 10 }, () => addresses).flat();
  const counted = await Promise.all(
    rounds.flatMap((address) => tallies.map(async (tally) => ({ address, ...(await tally.add(address)) }))),
  );
  for (const address of addresses) {
    const numbers = counted.filter((failure) => failure.address === address).map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  }
  expect(counted.every(({ millisLeft }) => millisLeft > 0 && millisLeft <= 60_000)).toBe(true);
});

it('begins anew where the minute is over, and forgets what nobody repeats', async () => {
  await tallies[0]?.add('10.0.0.1');
  await tallies[0]?.add('10.0.0.2');
  await onPostgres(url, 'UPDATE failed_credential SET ends_at = 1, failures = 99');
  expect((await tallies[0]?.add('10.0.0.1'))?.number).toBe(1);
  // One that has not forgotten anything yet does so first.
  await tallies[1]?.add('10.0.0.3');
  const rows = await onPostgres<{ failures: number }>(url, 'SELECT failures FROM failed_credential');
  expect(rows.map(({ failures }) => failures)).toEqual([1, 1]);
});

it('rejects where the table cannot be had, and counts again when it can', async () => {
  await onPostgres(url, 'ALTER TABLE failed_credential RENAME TO elsewhere');
  await expect(tallies[0]?.add('10.0.0.1')).rejects.toThrow('failed_credential');
  await onPostgres(url, 'ALTER TABLE elsewhere RENAME TO failed_credential');
  expect((await tallies[0]?.add('10.0.0.1'))?.number).toBe(1);
});
