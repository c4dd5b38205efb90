/**
 * `npm run soak`: fleets live on one server, one after another, and its memory is looked at after each. It ends with 1 where a rule was broken or where the
 * memory grows steadily.
 *
 * The bound is in minutes, `SOAK_MINUTES` (2): no fleet is begun after it. Each has 60 devices and 20 days, and a seed of its own. The server is
 * the built one in a process of its own, on a database file that is removed afterwards. What is looked at is its heap right after a collection
 * of garbage, which it does at a signal here; beside it, for people, what the process occupies.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simulate } from '../../src/simulate/simulate.js';
import { growthOf } from './memory.growth.js';
import { freePort } from './pinned.process.js';

const minutes = Number(process.env.SOAK_MINUTES ?? 2);
const fleet = { devices: 60, days: 20 };
const operatorToken = 'ska_operator-of-the-soak-0123456789abcdef';
const megabyte = 1024 * 1024;

/** Has the server collect its garbage at a signal. */
const collecting = 'data:text/javascript,process.on("SIGUSR2", () => gc())';

const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-soak-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, ['--expose-gc', '--import', collecting, resolve('dist/server/main.js')], {
  env: {
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(folder, 'seatkeeper.sqlite')}`,
    SEATKEEPER_CLOCK: 'manual',
    SEATKEEPER_OPERATOR_TOKEN: operatorToken,
    SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.once('exit', () => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

await untilReady();
const until = performance.now() + minutes * 60_000;
const heaps: number[] = [];
let areRulesHeld = true;
say('round    heap MB    process MB    seconds    rules');
for (let round = 1; performance.now() < until; round += 1) {
  const begun = performance.now();
  const { rules } = await simulate({ serverUrl: url, operatorToken, seed: `soak-${round}`, ...fleet });
  const seconds = (performance.now() - begun) / 1000;
  const { heap, occupied } = await memory();
  heaps.push(heap);
  areRulesHeld &&= rules.allHeld;
  const figures = [(heap / megabyte).toFixed(1), (occupied / megabyte).toFixed(1), seconds.toFixed(1)];
  const columns = [String(round).padStart(5), ...figures.map((text, at) => text.padStart([11, 14, 11][at] ?? 0))];
  say(`${columns.join('')}    ${rules.allHeld ? 'held' : 'BROKEN'}`);
  for (const { broken } of rules.watched()) for (const place of broken) say(`         ${place}`);
}
const { share, isSteady } = growthOf(heaps);
say(
  `The heap ${isSteady ? 'GROWS STEADILY' : 'is steady'}: ${(share * 100).toFixed(1)} % over the rounds after the first third.`,
);
process.exit(areRulesHeld && !isSteady ? 0 : 1);

/** The heap after a collection of garbage, and what the process occupies, in bytes. */
async function memory(): Promise<{ heap: number; occupied: number }> {
  // Twice: what is only kept by what goes at the first time goes at the second.
  for (let time = 0; time < 2; time += 1) {
    server.kill('SIGUSR2');
    await pause(500);
  }
  const text = await (await fetch(`${url}/metrics`)).text();
  return {
    heap: figureIn(text, 'nodejs_heap_size_used_bytes'),
    occupied: figureIn(text, 'process_resident_memory_bytes'),
  };
}

function figureIn(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

async function untilReady(): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    if (server.exitCode !== null) break;
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await pause(50);
  }
  throw new Error('The server did not start.');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
