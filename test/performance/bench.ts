/**
 * `npm run bench`: how fast durable check-ins, activations with log-outs and reads are, each as a ratio to two baselines of the
 * same run. It fails (exit code 1) only where an answer was wrong or a check-in was not kept; it has no opinion on speed.
 *
 * How it measures: the built server and the two baselines run on core 0, this process and its 64 keep-alive connections on
 * core 1 (`taskset`). The server has its defaults: `synchronous=FULL`, the system clock, a database file on disk. In each
 * round every workload is measured once, and each round begins with another one, so that what the machine does meanwhile
 * meets all of them; a ratio is the median of the ratios of the rounds. 20,000 devices on eight licenses are activated first,
 * through the API; each check-in and each read is for the next device in turn, in an order that has nothing to do with that of
 * their activation: neighbours would share pages, and their batches would be cheaper than those of real clients. Afterwards
 * `checkInCount` of all devices is read and has to add up to the check-ins that were answered.
 *
 * `cpu µs` is the processor time of the server for one request; it says more than requests/s where something else runs too.
 *
 * bare-echo    `node:http`, JSON in, JSON out, of the size of a check-in. What this machine can do at most.
 * signing-echo the same, signing one lease-sized text (Ed25519). What no check-in can do without.
 *
 * Options: --seconds 4 --rounds 5 --devices 20000 --connections 64 --only check-ins (may repeat; the baselines always run)
 * --json <file> --entry dist/server/main.js --folder data (has to be on a disk)
 * --profile: instead of the rounds, runs the workload named by --only (check-ins) with `--cpu-prof` and says where the time went.
 *
 * The load is our own client (`load.client.ts`), not autocannon, tried side by side on the bare echo of two cores: both drew
 * 33,000 to 35,000 requests/s, but autocannon kept its core busy to 96 to 101 %, so it may itself be what is measured, and it
 * looks at no body; ours took 80 to 88 % while judging status and body of every answer. On the signing echo both drew the
 * same (13,000 to 15,000 requests/s). Autocannon would also need a callback for each request to rotate over the devices.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchOptions, parseBenchOptions, type WorkloadName } from './bench.options.js';
import { type Figure, summarize, tableOf } from './figures.report.js';
import { type Fleet, operatorToken, setUpFleet } from './fleet.setup.js';
import { load, type Script } from './load.client.js';
import { freePort, PinnedProcess, pinSelf } from './pinned.process.js';
import { profileReport } from './profile.report.js';
import { ActivationScript, CheckInCountScript, CheckInScript, echoScript, readScript } from './workload.scripts.js';

const serverCore = 0;
const loadCore = 1;
const firstWarmUpMillis = 3_000;
const warmUpMillis = 700;

/** A workload ready to be measured. */
interface Workload {
  name: WorkloadName;
  process: PinnedProcess;
  script: Script;
}

try {
  const options = parseBenchOptions(process.argv.slice(2));
  if (!pinSelf(loadCore))
    say('warning: no taskset, or fewer than two cores: server and load share cores, figures are rough');
  mkdirSync(options.folder, { recursive: true });
  const folder = mkdtempSync(join(options.folder, 'bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.exitCode = (await (options.profile ? profile(options, folder) : measure(options, folder))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Measures all rounds, prints the table. True where every answer was right. */
async function measure(options: BenchOptions, folder: string): Promise<boolean> {
  const started: PinnedProcess[] = [];
  try {
    const bare = await startEcho(false);
    started.push(bare);
    const signing = await startEcho(true);
    started.push(signing);
    const seatkeeper = await startSeatkeeper(options, folder);
    started.push(seatkeeper);
    const fleet = await setUp(seatkeeper, options);
    const checkIns = new CheckInScript(fleet);
    const all: Record<WorkloadName, Omit<Workload, 'name'>> = {
      'bare-echo': { process: bare, script: echoScript() },
      'signing-echo': { process: signing, script: echoScript() },
      'check-ins': { process: seatkeeper, script: checkIns },
      activations: { process: seatkeeper, script: new ActivationScript(fleet, options.connections) },
      reads: { process: seatkeeper, script: readScript(fleet) },
    };
    const workloads = options.workloads.map((name) => ({ name, ...all[name] }));
    const figures = await rounds(workloads, options);
    const summaries = summarize(figures);
    say(`\n${tableOf(summaries)}`);
    const kept = await checkInsAreKept(seatkeeper, fleet, fleet.devices.length + checkIns.acknowledged);
    if (options.json !== null)
      writeFileSync(options.json, `${JSON.stringify({ options, summaries, figures }, null, 2)}\n`);
    return kept && figures.every(({ wrong }) => wrong === 0);
  } finally {
    for (const process of started) await process.stop();
  }
}

async function rounds(workloads: Workload[], options: BenchOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    const first = (round - 1) % workloads.length;
    for (const { name, process, script } of [...workloads.slice(first), ...workloads.slice(0, first)]) {
      process.resetPeak();
      const result = await load(script, {
        port: process.port,
        connections: options.connections,
        warmUpMillis: round === 1 ? firstWarmUpMillis : warmUpMillis,
        measureMillis: options.seconds * 1_000,
        meter: () => process.cpuSeconds(),
      });
      const cpuMicros = result.meteredPerRequest === null ? null : result.meteredPerRequest * 1e6;
      const { requestsPerSecond, p50Millis, p99Millis, wrong, samples } = result;
      const peakMebibytes = process.peakMebibytes();
      figures.push({ workload: name, round, requestsPerSecond, p50Millis, p99Millis, peakMebibytes, cpuMicros, wrong });
      say(`round ${round}  ${name.padEnd(12)}  ${Math.round(requestsPerSecond)} requests/s`);
      if (wrong > 0) say(`  ${wrong} wrong answers, such as:\n  ${samples.join('\n  ')}`);
    }
  }
  return figures;
}

/** Loads with one workload while the server profiles itself, prints the report. True where every answer was right. */
async function profile(options: BenchOptions, folder: string): Promise<boolean> {
  const profiles = join(folder, 'profiles');
  let server = await startSeatkeeper(options, folder);
  try {
    const fleet = await setUp(server, options);
    await server.stop();
    server = await startSeatkeeper(options, folder, [
      '--cpu-prof',
      '--cpu-prof-interval',
      '200',
      '--cpu-prof-dir',
      profiles,
    ]);
    const name = options.workloads.find((candidate) => !candidate.endsWith('-echo')) ?? 'check-ins';
    const script = scriptOf(name, fleet, options);
    const { port } = server;
    const { connections } = options;
    await load(script, { port, connections, measureMillis: firstWarmUpMillis });
    const from = monotonicMicros();
    const result = await load(script, { port, connections, measureMillis: options.seconds * 1_000 });
    const to = monotonicMicros();
    await server.stop();
    say(`\n${profileReport(profiles, { from, to }, result.answered)}`);
    say(`\n${name}: ${Math.round(result.requestsPerSecond)} requests/s while profiled`);
    if (result.wrong > 0) say(`${result.wrong} wrong answers, such as:\n${result.samples.join('\n')}`);
    return result.wrong === 0;
  } finally {
    await server.stop();
  }
}

function scriptOf(name: WorkloadName, fleet: Fleet, { connections }: BenchOptions): Script {
  if (name === 'reads') return readScript(fleet);
  return name === 'activations' ? new ActivationScript(fleet, connections) : new CheckInScript(fleet);
}

async function setUp(seatkeeper: PinnedProcess, { devices, connections }: BenchOptions): Promise<Fleet> {
  const began = performance.now();
  const fleet = await setUpFleet(seatkeeper.port, devices, connections);
  say(`${devices} devices activated and checked in once in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return fleet;
}

/** Whether the server has kept every check-in it answered. */
async function checkInsAreKept(seatkeeper: PinnedProcess, fleet: Fleet, acknowledged: number): Promise<boolean> {
  const count = new CheckInCountScript(fleet);
  const { wrong, samples } = await load(count, { port: seatkeeper.port, connections: 16 });
  const kept = wrong === 0 && count.total === acknowledged;
  say(`\n${acknowledged} check-ins were answered, the devices count ${count.total}${kept ? '' : ': WRONG'}`);
  if (wrong > 0) say(samples.join('\n'));
  return kept;
}

async function startEcho(signs: boolean): Promise<PinnedProcess> {
  return PinnedProcess.start({
    script: fileURLToPath(new URL('./echo.server.js', import.meta.url)),
    env: { SIGN: signs ? '1' : '0' },
    core: serverCore,
    port: await freePort(),
    readyPath: '/',
  });
}

async function startSeatkeeper(
  options: BenchOptions,
  folder: string,
  nodeArguments: string[] = [],
): Promise<PinnedProcess> {
  return PinnedProcess.start({
    script: options.entry,
    nodeArguments,
    env: {
      HOST: '127.0.0.1',
      DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}`,
      SEATKEEPER_OPERATOR_TOKEN: operatorToken,
    },
    core: serverCore,
    port: await freePort(),
    readyPath: '/health/ready',
  });
}

function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
