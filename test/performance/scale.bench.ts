/**
 * `npm run bench:scale`: what grows with the number of devices and of seats, on SQLite. It fails (exit code 1) where an answer was
 * wrong or an overdue device was left; it has no opinion on speed.
 *
 * How it measures: two built servers on core 0, one with a small database and one with a large, this process on core 1 (`taskset`). The
 * databases are grown by SQL from what the server itself wrote, with history. In each round every workload is measured once, after a
 * round that is not measured, and each round begins with another one; a ratio is the median of the ratios of the rounds, each large one to its small one.
 *
 * small   1,000 devices on licenses of two seats
 * large   a million devices, half of them on licenses of two seats: what the number of devices does
 * wide    the other half, on licenses of 20,000 seats, in the same database: what the number of seats does, compared to `large`
 *
 * Then 100,000 devices are overdue, half of each kind, when the large server starts again, and devices check in while it sweeps.
 *
 * `--keep <folder>` leaves the grown databases there for the next run (for a few days: their dates are of when they were grown).
 *
 * Options: --only check-ins|activations|sweep --devices 1000000 --small 1000 --seats 20000 --overdue 100000 --rounds 5 --seconds 4 --connections 64 --json <file>
 * --entry dist/server/main.js --folder data (has to be on a disk) --keep <folder>
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { median, textTable, whole } from './figures.report.js';
import { type Fleet, operatorToken, setUpFleet } from './fleet.setup.js';
import { type Grown, growDatabase, type Growth, makeOverdue } from './grown.database.js';
import { KeptDatabases, settleOnDisk } from './kept.database.js';
import { load, type LoadResult, type Script } from './load.client.js';
import { freePort, PinnedProcess, pinSelf } from './pinned.process.js';
import { parseScaleOptions, type PartName, type ScaleOptions } from './scale.options.js';
import { ActivationScript, CheckInScript } from './workload.scripts.js';

const serverCore = 0;
const loadCore = 1;
const warmUpMillis = 1_500;
const pollMillis = 50;
const sweepMillisMax = 600_000;
type Size = 'small' | 'large' | 'wide';
type Kind = Exclude<PartName, 'sweep'>;

/** One workload in one round. */
interface Figure {
  kind: Kind;
  size: Size;
  round: number;
  p50Millis: number;
  p99Millis: number;
  requestsPerSecond: number;
  wrong: number;
}

interface Subject {
  kind: Kind;
  size: Size;
  process: PinnedProcess;
  script: Script;
}

const options = parseScaleOptions(process.argv.slice(2));
if (!pinSelf(loadCore)) say('warning: no taskset: server and load share cores, figures are rough');
mkdirSync(options.folder, { recursive: true });
const folder = mkdtempSync(join(options.folder, 'bench-scale-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = (await measure()) ? 0 : 1;

async function measure(): Promise<boolean> {
  const half = Math.ceil(options.devices / 2);
  const halfFree = options.connections;
  const others = Math.ceil(options.overdue / 2);
  const small = await grown('small', {
    narrowDevices: options.small,
    wideDevices: 0,
    wideSeats: 2,
    halfFree,
    others: 0,
  });
  const large = await grown('large', {
    narrowDevices: half,
    wideDevices: options.devices - half,
    wideSeats: options.seats,
    halfFree,
    others,
  });
  const figures = options.parts.some((part) => part !== 'sweep') ? await sizesCompared(small, large) : [];
  const sweep = options.parts.includes('sweep') ? await sweepUnderLoad(large) : null;
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify({ options, figures, sweep }, null, 2)}\n`);
  const isSwept = sweep === null || (sweep.wrong === 0 && sweep.left === 0);
  return isSwept && figures.every(({ wrong }) => wrong === 0);
}

async function sizesCompared(small: Grown, large: Grown): Promise<Figure[]> {
  const smallServer = await started('small');
  const largeServer = await started('large');
  const figures = await rounds([
    ...subjects('small', smallServer, small.narrow, options),
    ...subjects('large', largeServer, large.narrow, options),
    ...subjects('wide', largeServer, large.wide, options),
  ]);
  say(`\n${ratios(figures, 'large', 'small')}\n\n${ratios(figures, 'wide', 'large')}`);
  for (const [name, server] of Object.entries({ small: smallServer, large: largeServer }))
    say(`${name}: peak memory ${server.peakMebibytes()?.toFixed(0)} MiB`);
  await smallServer.stop();
  await largeServer.stop();
  return figures;
}

/** Lets the server make a database, and multiplies what is in it; or takes one that was kept. */
async function grown(name: 'small' | 'large', growth: Growth): Promise<Grown> {
  const kept = options.keep === null ? null : new KeptDatabases(options.keep);
  const taken = kept?.take(growth, fileOf(name));
  if (taken !== undefined && taken !== null) return taken;
  const server = await start(name);
  const first = await setUpFleet(server.port, 8, 8);
  await server.stop();
  const began = performance.now();
  const result = growDatabase(fileOf(name), first, growth);
  settleOnDisk(fileOf(name));
  const devices = growth.narrowDevices + growth.wideDevices;
  const bytes = statSync(fileOf(name)).size;
  const seconds = secondsSince(began);
  say(
    `${name}: ${whole(devices)} devices in ${seconds} s, file ${whole(bytes / 2 ** 20)} MiB, ${whole(bytes / devices)} bytes a device`,
  );
  kept?.put(growth, fileOf(name), result);
  return result;
}

async function started(name: 'small' | 'large'): Promise<PinnedProcess> {
  const began = performance.now();
  const server = await start(name);
  say(`${name}: ready after ${secondsSince(began)} s, memory ${server.residentMebibytes()?.toFixed(0)} MiB`);
  return server;
}

function subjects(size: Size, process: PinnedProcess, fleet: Fleet, { connections }: ScaleOptions): Subject[] {
  const all: Subject[] = [
    { kind: 'check-ins', size, process, script: new CheckInScript(fleet) },
    { kind: 'activations', size, process, script: new ActivationScript(fleet, connections) },
  ];
  return all.filter(({ kind }) => options.parts.includes(kind));
}

async function rounds(all: readonly Subject[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (let round = 0; round <= options.rounds; round++) {
    const first = Math.max(0, round - 1) % all.length;
    for (const { kind, size, process, script } of [...all.slice(first), ...all.slice(0, first)]) {
      const result = await load(script, {
        port: process.port,
        connections: options.connections,
        warmUpMillis,
        measureMillis: options.seconds * 1_000,
      });
      const { p50Millis, p99Millis, requestsPerSecond, wrong } = result;
      if (round > 0 || wrong > 0) figures.push({ kind, size, round, p50Millis, p99Millis, requestsPerSecond, wrong });
      say(`${round === 0 ? 'to warm up' : `round ${round}`}  ${kind} ${size}: ${shown(result)}`);
    }
  }
  return figures;
}

/** Medians of two sizes, and the medians of the ratios of the rounds. */
function ratios(figures: readonly Figure[], large: Size, small: Size): string {
  const head = ['', `${small} p50`, 'p99 ms', `${large} p50`, 'p99 ms', 'p50 ratio', 'p99 ratio'];
  const kinds = options.parts.filter((part) => part !== 'sweep');
  const lines = kinds.map((kind) => {
    const of = (size: Size): Figure[] =>
      figures.filter((figure) => figure.kind === kind && figure.size === size).sort((a, b) => a.round - b.round);
    const [ones, others] = [of(small), of(large)];
    const middle = (list: Figure[], key: 'p50Millis' | 'p99Millis'): string =>
      median(list.map((figure) => figure[key])).toFixed(2);
    const ratio = (key: 'p50Millis' | 'p99Millis'): string =>
      median(others.map((figure, index) => figure[key] / (ones[index]?.[key] ?? Number.NaN))).toFixed(2);
    const own = [ones, others].flatMap((list) => [middle(list, 'p50Millis'), middle(list, 'p99Millis')]);
    return [kind, ...own, ratio('p50Millis'), ratio('p99Millis')];
  });
  return textTable([head, ...lines]);
}

/** Check-ins from when the sweep has begun until it has ended. */
async function sweepUnderLoad({ narrow, others }: Grown): Promise<{ p99Millis: number; wrong: number; left: number }> {
  const ids = [...others.narrow, ...others.wide];
  makeOverdue(fileOf('large'), ids, Date.now());
  const server = await started('large');
  const reader = new Sqlite(fileOf('large'), { readonly: true });
  const overdue = reader
    .prepare(`SELECT count(*) FROM (SELECT 1 FROM device WHERE state = 'active' AND sweep_at <= ? LIMIT ?)`)
    .pluck();
  const left = (limit: number): number => Number(overdue.get(Date.now(), limit));
  try {
    let began = 0;
    const result = await load(new CheckInScript(narrow), {
      port: server.port,
      connections: options.connections,
      measureBetween: {
        begin: async () => {
          await until(() => left(ids.length) < ids.length);
          began = performance.now();
        },
        end: () => until(() => left(1) === 0),
      },
    });
    say(
      `sweep of ${whole(ids.length)} overdue devices in ${secondsSince(began)} s, check-ins meanwhile: ${shown(result)}`,
    );
    return { p99Millis: result.p99Millis, wrong: result.wrong, left: left(1) };
  } finally {
    reader.close();
    await server.stop();
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + sweepMillisMax;
  while (!holds() && performance.now() < deadline) await new Promise((done) => setTimeout(done, pollMillis));
}

async function start(name: 'small' | 'large'): Promise<PinnedProcess> {
  return PinnedProcess.start({
    script: options.entry,
    env: {
      HOST: '127.0.0.1',
      DATABASE_URL: `sqlite:${fileOf(name)}`,
      SEATKEEPER_OPERATOR_TOKEN: operatorToken,
      LOG_LEVEL: 'warn',
    },
    core: serverCore,
    port: await freePort(),
    readyPath: '/health/ready',
  });
}

function fileOf(name: 'small' | 'large'): string {
  return join(folder, `${name}.sqlite`);
}

function shown({ p50Millis, p99Millis, requestsPerSecond, wrong, samples }: LoadResult): string {
  const faults = wrong === 0 ? '' : `, ${wrong} WRONG: ${samples[0] ?? ''}`;
  return `p50 ${p50Millis.toFixed(2)} ms, p99 ${p99Millis.toFixed(2)} ms, ${whole(requestsPerSecond)} requests/s${faults}`;
}

function secondsSince(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
