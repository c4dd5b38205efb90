/** The history as it is read: what time has done is in it, whether or not the sweep has run (R4, R11). */
import { ProblemError } from '../../src/problems/problem.js';
import { Assembly, day, start } from '../support/assembly.js';

const organization = '01936f2a-0000-7000-8000-000000000001';
const other = '01936f2a-0000-7000-8000-000000000002';
const license = '01936f2a-0000-7000-8000-000000000011';
const device = '01936f2a-0000-7000-8000-000000000021';
const second = '01936f2a-0000-7000-8000-000000000022';

let assembly: Assembly;
let operator: string;
beforeEach(async () => {
  assembly = await Assembly.start();
  operator = await assembly.insertToken('01936f2a-0000-7000-8000-000000000031', 'operator');
  await assembly.insertOrganization(organization);
  await assembly.insertOrganization(other);
  await assembly.insertLicense(license, organization);
  await assembly.activate(license, device);
});
afterEach(() => assembly.stop());

interface Row {
  sequence: number;
  event: string;
  at: string;
  recordedAt: string;
  subjectId: string;
}

async function rowsOf(path: string, token = operator): Promise<Row[]> {
  const answer = await assembly.request('GET', `/v1/${path}/transitions`, token);
  expect(answer.status).toBe(200);
  return answer.body['items'] as Row[];
}

it('writes an overdue expiry before the history of its license is shown', async () => {
  assembly.clock.instant = start + 31 * day;
  const [newest] = await rowsOf(`licenses/${license}`);
  expect(newest).toMatchObject({
    event: 'expire',
    subjectId: device,
    at: new Date(start + 30 * day).toISOString(),
    recordedAt: new Date(start + 31 * day).toISOString(),
  });
  expect((await rowsOf(`licenses/${license}`)).map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
});

it('writes it before the history of a device is shown too', async () => {
  assembly.clock.instant = start + 30 * day;
  expect((await rowsOf(`devices/${device}`)).map(({ event }) => event)).toEqual(['expire', 'activate', 'register']);
});

it('writes nothing a moment before it is due', async () => {
  assembly.clock.instant = start + 30 * day - 1;
  expect((await rowsOf(`devices/${device}`)).map(({ event }) => event)).toEqual(['activate', 'register']);
});

it('writes the end of a validity', async () => {
  const ending = '01936f2a-0000-7000-8000-000000000012';
  await assembly.insertLicense(ending, organization, { valid_until: start + day });
  assembly.clock.instant = start + day;
  expect(await rowsOf(`licenses/${ending}`)).toMatchObject([{ event: 'expire', subjectId: ending }]);
});

it('is shown as far as it is written while the coordinator takes nothing', async () => {
  assembly.clock.instant = start + 31 * day;
  assembly.coordinator.submit = () => Promise.reject(new ProblemError('overloaded'));
  expect((await rowsOf(`licenses/${license}`)).map(({ event }) => event)).toEqual(['activate', 'register']);
});

it('fails aloud where the writing fails for another reason', async () => {
  assembly.clock.instant = start + 31 * day;
  assembly.coordinator.submit = () => Promise.reject(new Error('broken'));
  expect((await assembly.request('GET', `/v1/licenses/${license}/transitions`, operator)).status).toBe(500);
});

it('goes on from page to page, each row once', async () => {
  await assembly.activate(license, second);
  const seen: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = await assembly.request('GET', `/v1/licenses/${license}/transitions?limit=1${query}`, operator);
    seen.push(...(page.body['items'] as Row[]).map(({ sequence }) => sequence));
    cursor = page.body['nextCursor'] as string | null;
  }
  expect(seen).toEqual([4, 3, 2, 1]);
});

it.each(['MA', 'Ii0xIg', 'bnVsbA'])('refuses the cursor %s, which no page has given', async (cursor) => {
  const answer = await assembly.request('GET', `/v1/licenses/${license}/transitions?cursor=${cursor}`, operator);
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalidRequest' } });
});

it('of another organization looks as if it did not exist (R14)', async () => {
  const stranger = await assembly.insertToken('01936f2a-0000-7000-8000-000000000032', 'owner', other);
  const reader = await assembly.insertToken('01936f2a-0000-7000-8000-000000000033', 'reader', organization);
  for (const path of [`licenses/${license}`, `devices/${device}`]) {
    const answer = await assembly.request('GET', `/v1/${path}/transitions`, stranger);
    expect(answer).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect(await rowsOf(path, reader)).toEqual(await rowsOf(path));
  }
});

it('shows no seat, no epoch and no deactivation date of a row', async () => {
  const [row] = await rowsOf(`devices/${device}`);
  expect(Object.keys(row ?? {}).sort()).toEqual(
    [
      ...['actor', 'at', 'checkIns', 'count', 'event', 'from', 'licenseId', 'machine', 'note', 'outcome', 'reason'],
      ...['recordedAt', 'requestId', 'sequence', 'subjectId', 'ticketId', 'to'],
    ].sort(),
  );
});
