/** What a built server says of the tests of its machines: with records, without any, and with broken ones. */
import { afterEach, expect, it } from '@jest/globals';
import { rulesPrint } from '../../src/inspector/coverage.record.js';
import type { MachineCoverage } from '../../src/inspector/coverage.schemas.js';
import { describedMachines } from '../../machines/index.js';
import { buildWith } from '../support/own.build.js';
import { expectProblem } from '../support/problem.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer | undefined;
afterEach(() => server?.stop());

const start = async (records: Record<string, string> | null): Promise<TestServer> => {
  server = await startServer({ entry: buildWith(records), env: { LOG_LEVEL: 'warn' } });
  return server;
};

/** What it has logged, without what it says on the terminal. */
const logged = (): string[] => (server?.output ?? '').split('\n').filter((line) => line.startsWith('{'));

const coverageOf = async (machine: string): Promise<MachineCoverage> => {
  const answer = await server?.request<MachineCoverage>('GET', `/v1/machines/${machine}/coverage`, { auth: null });
  if (answer?.status !== 200) throw new Error(answer?.text);
  return answer.body;
};

const record = (machine: string, said: object = {}): string =>
  JSON.stringify({
    machine,
    walk: 'machine',
    at: '2026-11-24T09:30:00.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    hasChanges: false,
    rules: describedMachines.filter(({ id }) => id === machine).map(rulesPrint)[0],
    transitions: [{ id: 'active.logOut', hits: 4, state: 'active', index: 0 }],
    refusals: [],
    ...said,
  });

it('is what the build took along', async () => {
  await start({
    'machine/device.json': record('device'),
    'machine/license.json': record('license', { rules: 'other' }),
  });
  const { machine, run, transitions } = await coverageOf('device');
  expect([machine, run]).toEqual([
    'device',
    {
      at: '2026-11-24T09:30:00.000Z',
      commit: '0123456789abcdef0123456789abcdef01234567',
      hasChanges: false,
      isOfTheseRules: true,
      walks: [{ walk: 'machine', at: '2026-11-24T09:30:00.000Z' }],
    },
  ]);
  expect(transitions).toContainEqual({
    id: 'active.logOut',
    from: 'active',
    event: 'logOut',
    to: 'loggedOut',
    count: 4,
  });
  const device = describedMachines.find(({ id }) => id === 'device');
  expect(transitions.map(({ id }) => id)).toEqual(device?.transitions.map(({ id }) => id));
  expect(transitions.filter(({ count }) => count > 0).length).toBe(1);
  expect((await coverageOf('license')).run?.isOfTheseRules).toBe(false);
  expect((await coverageOf('supportTicket')).run).toBeNull();
  expect(logged()).toEqual([]);
});

it('is nothing where the build has no records', async () => {
  await start(null);
  const { run, transitions } = await coverageOf('device');
  expect([run, transitions.every(({ count }) => count === 0)]).toEqual([null, true]);
  expect(logged()).toEqual([]);
});

it('stops no start where records are broken, which are named in one line', async () => {
  await start({
    'machine/device.json': '{',
    'machine/license.json': '[]',
    'machine/supportTicket.json': record('supportTicket'),
  });
  expect((await coverageOf('device')).run).toBeNull();
  expect((await coverageOf('license')).run).toBeNull();
  expect((await coverageOf('supportTicket')).run).not.toBeNull();
  expect(logged()).toEqual([expect.stringMatching(/records of tested machines.*device\.json.*license\.json/)]);
  expect(logged()[0]).not.toContain('supportTicket.json');
});

it('is not there for what is no machine, and takes no question', async () => {
  const { request } = await start(null);
  const ask = (path: string) => request.call(server, 'GET', path, { auth: null });
  expectProblem(await ask('/v1/machines/nothing/coverage'), 404, 'notFound');
  expectProblem(await ask('/v1/machines/device/coverage?walk=machine'), 400, 'invalidRequest');
});
