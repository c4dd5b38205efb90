/** The example of a CI runner: whatever is killed, the seat is given back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/lives.js';
import { historyOfLicense, issueLicense, type LicenseScene } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { environmentFor, newHome, StartedExample, stateOfOnly } from './started.example.js';

let server: TestServer;
let license: LicenseScene;
let home: string;
const runners: StartedExample[] = [];
const jobs: number[] = [];
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => {
  license = await issueLicense(server, { seats: 1, checkInPeriod: 'PT1H' });
  home = newHome();
});
afterEach(() => {
  for (const runner of runners.splice(0)) runner.leave();
  for (const job of jobs.splice(0).filter(lives)) process.kill(job, 'SIGKILL');
});

function start(...command: string[]): StartedExample {
  return startOn('linux-7', ...command);
}

function startOn(name: string, ...command: string[]): StartedExample {
  const env = { RUNNER_NAME: name, SEAT_FILE: join(home, `${name}.json`) };
  const words: [string, string, ...string[]] = [process.execPath, 'ci-runner.js', ...command];
  const runner = StartedExample.start(words, { ...environmentFor(server, license, home), ...env });
  runners.push(runner);
  return runner;
}

/** A command that says its process id and then runs until it is killed. */
const endless = ['sh', '-c', 'echo "job $$"; exec tail -f /dev/null'];

async function jobOf(started: StartedExample): Promise<number> {
  const job = Number((await started.says(/^job \d+$/)).slice('job '.length));
  jobs.push(job);
  return job;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Who has ended but was not waited for by anybody is listed all the same.
  return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

const isState = (state: string) => async () => (await stateOfOnly(server, license)) === state;

/** The holder: the other process of the example. */
function holderOf({ pid }: StartedExample): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  const found = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('--hold'));
  if (found === undefined) throw new Error('the runner has no holder');
  return found;
}

/** As where the whole machine goes: nobody is left to say anything. */
async function loseAll(runner: StartedExample): Promise<void> {
  const job = await jobOf(runner);
  const holder = holderOf(runner);
  // Stopped first, so that it does not notice what becomes of the other.
  process.kill(runner.pid, 'SIGSTOP');
  process.kill(holder, 'SIGKILL');
  process.kill(job, 'SIGKILL');
  runner.kill();
  await runner.ended();
}

it('holds a seat while the command runs, and ends as the command does', async () => {
  const job = start('sh', '-c', 'echo working; read line; echo "done $line"; exit 7');
  await job.says(/^working$/);
  expect(await stateOfOnly(server, license)).toBe('active');
  job.type('it is');
  expect(await job.ended()).toEqual({ code: 7, signal: null });
  expect(job.output).toBe('working\ndone it is\n');
  expect(await stateOfOnly(server, license)).toBe('loggedOut');
});

it('gives the seat back when the command is killed', async () => {
  const job = start(...endless);
  process.kill(await jobOf(job), 'SIGKILL');
  expect(await job.ended()).toEqual({ code: 1, signal: null });
  expect(job.output).toContain('The command was ended by SIGKILL.');
  expect(await stateOfOnly(server, license)).toBe('loggedOut');
});

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'gives the seat back when the runner is ended by %s, and the command does not outlive it',
  async (signal) => {
    const job = start(...endless);
    const pid = await jobOf(job);
    expect(await stateOfOnly(server, license)).toBe('active');
    process.kill(job.pid, signal);
    await until('the seat to be given back', isState('loggedOut'));
    await until('the command to end', () => !lives(pid));
    expect(await job.ended()).toEqual({ code: null, signal });
  },
);

it('gives the seat back when the holder is killed, and the command does not outlive it either', async () => {
  const job = start(...endless);
  const pid = await jobOf(job);
  process.kill(holderOf(job), 'SIGKILL');
  expect(await job.ended()).toEqual({ code: 1, signal: null });
  expect(await stateOfOnly(server, license)).toBe('loggedOut');
  expect(lives(pid)).toBe(false);
});

it('ends with the runner what the command has started itself', async () => {
  const job = start('sh', '-c', 'sh -c \'echo "job $$"; exec tail -f /dev/null\'; true');
  const pid = await jobOf(job);
  job.kill();
  await until('the seat to be given back', isState('loggedOut'));
  await until('it to end', () => !lives(pid));
});

it('frees the seat by the check-in period where nothing is left to give it back', async () => {
  await loseAll(start(...endless));
  expect(await stateOfOnly(server, license)).toBe('active');
  await server.advance('PT59M');
  expect(await stateOfOnly(server, license)).toBe('active');
  await server.advance('PT1M');
  expect(await stateOfOnly(server, license)).toBe('expired');
});

it('goes on with the seat of a job that was lost, as the same device', async () => {
  await loseAll(start(...endless));
  const next = start('true');
  expect(await next.ended()).toEqual({ code: 0, signal: null });
  expect(await stateOfOnly(server, license)).toBe('loggedOut');
  const events = (await historyOfLicense(server, license.id)).map(({ event }) => event);
  expect(events).toEqual(['logOut', 'activate', 'register', 'issue']);
});

it('runs nothing without a seat, and says why', async () => {
  const holder = start(...endless);
  await jobOf(holder);
  const refused = startOn('linux-8', 'echo', 'ran');
  expect(await refused.ended()).toEqual({ code: 1, signal: null });
  expect(refused.output).toMatch(/^No seat \(noSeatAvailable\): All seats are occupied\. /);
  expect(refused.output).not.toContain('ran');
});

it('gives the seat back where the command cannot be started', async () => {
  const job = start('/nowhere/at-all');
  expect(await job.ended()).toEqual({ code: 127, signal: null });
  expect(job.output).toContain('/nowhere/at-all');
  expect(await stateOfOnly(server, license)).toBe('loggedOut');
});
