/** What the kit weighs in somebody's application, everything that it needs included, and what is left of it where only a part is used. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const bytesMax = 15_000;

/** The compressed size of an application that does nothing but this. */
async function weightOf(source: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-weight-'));
  const [application, bundle] = [join(folder, 'application.js'), join(folder, 'bundle.js')];
  writeFileSync(application, source);
  const given = [application, '--file', bundle, '--format', 'esm', '--platform', 'browser', '--minify'];
  await promisify(execFile)(process.execPath, [resolve('node_modules/rolldown/bin/cli.mjs'), ...given]);
  return gzipSync(readFileSync(bundle)).length;
}

const entry = JSON.stringify(resolve('dist/client/browser.js'));

it('is less than 15 kB compressed, jose included', async () => {
  const bytes = await weightOf(`import { createSeat } from ${entry}; globalThis.createSeat = createSeat;`);
  process.stdout.write(`client kit in a browser: ${bytes} bytes compressed\n`);
  expect(bytes).toBeLessThan(bytesMax);
  expect(bytes).toBeGreaterThan(5_000);
});

it('leaves out what is not used', async () => {
  const bytes = await weightOf(`import { readLease } from ${entry}; globalThis.readLease = readLease;`);
  expect(bytes).toBeLessThan(1_000);
});
