/** The types that `openapi-typescript` makes of the description, as the build does: they compile, and hold clients to what is described. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Assembly } from '../support/assembly.js';

const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-types-'));

/** Runs a tool of the build. @returns its exit code, and what it says */
function run(tool: string, flags: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    execFile(resolve('node_modules/.bin', tool), flags, { cwd: folder }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), said: `${stdout}${error === null ? '' : stderr}` });
    });
  });
}

const compilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  target: 'es2022',
  module: 'nodenext',
  types: [],
};

/** Compiles a file with the types. */
function compile(name: string, text: string): Promise<{ code: number; said: string }> {
  writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [name] }));
  return run('tsc', ['--project', 'tsconfig.json']);
}

const client = (seats: string) => `import type { operations, paths } from './openapi.js';
type Wish = operations['issueLicense']['requestBody']['content']['application/json'];
export const wish: Wish = { organizationId: '', product: 'Mapper', seats: ${seats} };
export type Device = paths['/v1/devices/{id}']['get']['responses'][200]['content']['application/json'];
export const isActive = (device: Device): boolean => device.state === 'active';
`;

beforeAll(async () => {
  const assembly = await Assembly.start();
  const { text } = await assembly.request('GET', '/openapi.json', null);
  await assembly.stop();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'openapi.json'), text);
  expect((await run('openapi-typescript', ['openapi.json', '--output', 'openapi.ts'])).code).toBe(0);
});

describe('the types of the description', () => {
  it('compile by strict rules, and say what a request takes and what an answer has', async () => {
    expect(await compile('right.ts', client('2'))).toEqual({ code: 0, said: '' });
  });

  it('refuse a client that says something else', async () => {
    const { code, said } = await compile('wrong.ts', client("'two'"));
    expect(code).not.toBe(0);
    expect(said).toMatch(/^wrong\.ts\(3,.*error TS2322/);
  });
});
