/** The built server has the scripts of its threads where it looks for them: it would go on without one, only slower. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const folder = dirname(resolve(process.env.SEATKEEPER_TEST_ENTRY ?? 'dist/server/main.js'));

it('has beside it every script that it starts a thread with', () => {
  const scripts = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/new URL\("\.\/([\w.-]+\.worker\.js)"/g)])
    .map(([, script = '']) => script);
  expect(scripts.sort()).toEqual(['checkpoint.worker.js', 'layout.worker.js', 'signing.worker.js']);
  expect(scripts.filter((script) => !existsSync(join(folder, script)))).toEqual([]);
});
