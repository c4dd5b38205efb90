/** Health and metrics: what they say while the server works, and while it cannot. */
import { connect } from 'node:net';
import { Assembly, day, start } from '../support/assembly.js';

const organization = '01936f2a-0000-7000-8000-000000000001';
const license = '01936f2a-0000-7000-8000-000000000011';

let assembly: Assembly;
beforeEach(async () => {
  assembly = await Assembly.start();
});
afterEach(() => assembly.stop());

const get = (path: string) => assembly.request('GET', path, null);

/** The values of a metric by its name with labels. */
async function metrics(): Promise<Map<string, number>> {
  const { text } = await get('/metrics');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('health', () => {
  it('is good while the server works', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 200, body: { status: 'ok' } });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is not ready while the coordinator cannot write, and lives all the same', async () => {
    assembly.coordinator.isReady = () => Promise.resolve(false);
    const answer = await get('/health/ready');
    expect(answer).toMatchObject({ status: 503, body: { code: 'overloaded', outcome: 'none' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get('/health/live')).status).toBe(200);
  });

  it('is not ready while the database cannot be read, and is again once it can', async () => {
    const { read } = assembly.database;
    assembly.database.read = () => Promise.reject(new Error('disk I/O error'));
    const answer = await get('/health/ready');
    expect(answer).toMatchObject({ status: 503, body: { code: 'overloaded' } });
    expect(answer.text).not.toContain('I/O');
    expect((await get('/health/live')).status).toBe(200);
    assembly.database.read = read;
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('is not ready on a database that lacks a migration', async () => {
    await assembly.database.write((session) => session.run('DELETE FROM migrations'));
    expect((await get('/health/ready')).status).toBe(503);
  });
});

describe('the metrics', () => {
  beforeEach(async () => {
    await assembly.insertOrganization(organization);
    await assembly.insertLicense(license, organization, { seats: 3 });
    await assembly.activate(license, '01936f2a-0000-7000-8000-000000000021');
  });

  it('count seats and active devices', async () => {
    const seen = await metrics();
    expect(seen.get('seatkeeper_seats')).toBe(3);
    expect(seen.get('seatkeeper_active_devices')).toBe(1);
  });

  it('count no overdue device as active, whether or not a sweep has run', async () => {
    assembly.clock.instant = start + 30 * day;
    expect((await metrics()).get('seatkeeper_active_devices')).toBe(0);
  });

  it('hold what the coordinator and the process say', async () => {
    const seen = await metrics();
    expect(seen.get('seatkeeper_commands_total{command="activate",outcome="changed",reason=""}')).toBe(1);
    expect(seen.get('seatkeeper_queue_length')).toBe(0);
    expect(seen.get('seatkeeper_batch_size_count')).toBe(1);
    expect(seen.get('seatkeeper_commit_seconds_count')).toBeGreaterThanOrEqual(1);
    expect(seen.get('seatkeeper_commit_seconds_sum')).toBeGreaterThan(0);
    expect(seen.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('count failed credentials, and unknown license keys among them', async () => {
    await fetch(`${assembly.url}/v1/devices`, { method: 'POST', headers: { authorization: 'License unknown' } });
    await assembly.request('GET', '/v1/licenses', 'ska_unknown');
    await assembly.request('GET', '/v1/licenses', null);
    const seen = await metrics();
    expect(seen.get('seatkeeper_failed_credentials_total')).toBe(2);
    expect(seen.get('seatkeeper_unknown_license_keys_total')).toBe(1);
    expect((await metrics()).get('seatkeeper_failed_credentials_total')).toBe(2);
  });

  it('go without the counts of seats while the database cannot be read', async () => {
    assembly.database.read = () => Promise.reject(new Error('disk I/O error'));
    const seen = await metrics();
    expect(seen.has('seatkeeper_seats')).toBe(false);
    expect(seen.has('process_resident_memory_bytes')).toBe(true);
  });
});

describe('the end of the server', () => {
  it('comes although a client does not read its answer', async () => {
    const stalled = connect(Number(new URL(assembly.url).port), '127.0.0.1');
    stalled.pause();
    const closed = new Promise((done) => stalled.once('close', done));
    stalled.once('error', () => {});
    await new Promise<void>((done) => {
      const request = 'GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nhost: a\r\n\r\n';
      stalled.write(request.repeat(20), () => done());
    });
    await get('/health/live');
    await assembly.app.close();
    stalled.resume();
    await closed;
  });
});
