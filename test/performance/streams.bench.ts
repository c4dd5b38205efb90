/**
 * `npm run bench:streams`: 10,000 open streams on one process, its memory, and how long one change takes until the last one has heard of
 * it. It fails (exit code 1) where a stream is lost; it has no opinion on speed.
 *
 * How it measures: the built server on core 0, this process with one socket for each stream on core 1 (`taskset`). Two crowds, one after
 * the other, each on a server of its own:
 *
 * one license: all streams are of the same license, as if so many people looked at it. A change is its setting, off and on. Each hears
 *   one row, the license and the setting.
 * own device: each stream is of a device of its own, with the device's token; the devices are on eight licenses. A change is the setting
 *   of all eight at once: each hears its device, because what an owner may do with it has changed. And, for the one who is deactivated:
 *   one device, until it has heard of it, while all the others stay open.
 *
 * The time is from the first byte of the request to the last event heard; ten changes, median and worst. Memory is the resident memory of
 * the process, before the streams, and when all are open. `idle` is its processor time while nothing happens for 20 s: comments, and each
 * credential checked every 15 s.
 *
 * Options: --streams 10000 --changes 10 --entry dist/server/main.js --folder data
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Fleet, operatorToken, setUpFleet } from './fleet.setup.js';
import { freePort, PinnedProcess, pinSelf } from './pinned.process.js';
import { Crowd, type StreamAddress } from './stream.crowd.js';

const serverCore = 0;
const crowdCore = 1;
const idleSeconds = 20;
const settleSeconds = 2;

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '10000' },
    changes: { type: 'string', default: '10' },
    entry: { type: 'string', default: 'dist/server/main.js' },
    folder: { type: 'string', default: 'data' },
  },
});
const streams = Number(values.streams);
const changes = Number(values.changes);

pinSelf(crowdCore);
mkdirSync(values.folder, { recursive: true });
const folder = mkdtempSync(join(values.folder, 'bench-streams-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const lost = (await oneLicense()) + (await ownDevice());
if (lost > 0) say(`${lost} streams were lost`);
process.exitCode = lost === 0 ? 0 : 1;

async function oneLicense(): Promise<number> {
  const server = await start('one-license');
  const [license] = (await setUpFleet(server.port, 100, 10)).licenses;
  if (license === undefined) throw new Error('there is no license');
  const address = { path: `/v1/licenses/${license.id}/stream`, token: operatorToken };
  const crowd = new Crowd(server.port, 'transition');
  await fill(server, crowd, 'one license', new Array<StreamAddress>(streams).fill(address));
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    times.push(await timed(crowd, streams, () => setOption(server.port, license.id, change % 2 === 1)));
  }
  tell('one license', `a change heard by all ${streams}`, times);
  return finish(server, crowd);
}

async function ownDevice(): Promise<number> {
  const server = await start('own-device');
  const fleet = await setUpFleet(server.port, streams, 64);
  const addresses = fleet.devices.map(({ id, token }) => ({ path: `/v1/devices/${id}/stream`, token }));
  const crowd = new Crowd(server.port, 'device');
  await fill(server, crowd, 'own device', addresses);
  tell('own device', 'a deactivation heard by its device', await deactivations(server.port, fleet, crowd));
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const isOn = change % 2 === 1;
    const all = () => Promise.all(fleet.licenses.map(({ id }) => setOption(server.port, id, isOn)));
    times.push(await timed(crowd, streams, all));
  }
  tell('own device', `a change of eight licenses heard by all ${streams}`, times);
  return finish(server, crowd);
}

/** Deactivates new devices, one after the other, each listening. */
async function deactivations(port: number, { licenses }: Fleet, crowd: Crowd): Promise<number[]> {
  const [license] = licenses;
  if (license === undefined) throw new Error('there is no license');
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const body = { fingerprint: `bench-latecomer-${change}` };
    const answer = (await send(port, 'POST', '/v1/devices', body, `License ${license.key}`)) as {
      device: { id: string };
      token: string;
    };
    const own = new Crowd(port, 'device');
    const begun = own.hearing(1);
    await own.open([{ path: `/v1/devices/${answer.device.id}/stream`, token: answer.token }]);
    await begun;
    times.push(
      await timed(own, 1, () => send(port, 'POST', `/v1/devices/${answer.device.id}/remote-deactivation`, {})),
    );
    own.close();
  }
  if (crowd.lostCount > 0) throw new Error('others were lost');
  return times;
}

async function fill(server: PinnedProcess, crowd: Crowd, name: string, addresses: StreamAddress[]): Promise<void> {
  const before = server.residentMebibytes() ?? 0;
  const begun = performance.now();
  await crowd.open(addresses);
  const seconds = (performance.now() - begun) / 1000;
  await pause(settleSeconds);
  const after = server.residentMebibytes() ?? 0;
  const each = ((after - before) * 1024) / crowd.size;
  say(
    `${name}: ${crowd.size} streams opened in ${seconds.toFixed(1)} s; memory ${before.toFixed(0)} to ${after.toFixed(0)} MiB, ${each.toFixed(1)} KiB a stream`,
  );
  const spent = server.cpuSeconds() ?? 0;
  await pause(idleSeconds);
  const share = (((server.cpuSeconds() ?? 0) - spent) / idleSeconds) * 100;
  say(`${name}: idle ${share.toFixed(1)} % of a core; memory ${(server.residentMebibytes() ?? 0).toFixed(0)} MiB`);
}

async function timed(crowd: Crowd, count: number, change: () => Promise<unknown>): Promise<number> {
  const heard = crowd.hearing(count);
  const begun = performance.now();
  const [at] = await Promise.all([heard, change()]);
  return at - begun;
}

function tell(name: string, what: string, times: number[]): void {
  const sorted = [...times].sort((one, other) => one - other);
  const median = sorted[sorted.length >> 1] ?? NaN;
  say(`${name}: ${what}: median ${median.toFixed(0)} ms, worst ${(sorted.at(-1) ?? NaN).toFixed(0)} ms`);
}

async function finish(server: PinnedProcess, crowd: Crowd): Promise<number> {
  say(`peak ${(server.peakMebibytes() ?? 0).toFixed(0)} MiB`);
  const { lostCount } = crowd;
  crowd.close();
  await server.stop();
  return lostCount;
}

async function start(name: string): Promise<PinnedProcess> {
  return PinnedProcess.start({
    script: values.entry,
    core: serverCore,
    port: await freePort(),
    readyPath: '/health/ready',
    env: {
      DATABASE_URL: `sqlite:${join(folder, `${name}.sqlite`)}`,
      SEATKEEPER_OPERATOR_TOKEN: operatorToken,
      SEATKEEPER_STREAMS_PER_TOKEN: String(streams),
      LOG_LEVEL: 'warn',
    },
  });
}

function setOption(port: number, licenseId: string, enabled: boolean): Promise<unknown> {
  return send(port, 'PUT', `/v1/licenses/${licenseId}/remote-deactivation`, { enabled });
}

async function send(port: number, method: string, path: string, body: object, auth?: string): Promise<unknown> {
  const headers = { authorization: auth ?? `Bearer ${operatorToken}`, 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
