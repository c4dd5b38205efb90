/** The integration guide in the README is true: its samples run, what they are said to give they give, and its table knows every code. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { issueLicense, type LicenseScene } from './support/scene.js';
import { operatorToken, startServer, type TestServer } from './support/server.js';

const guide =
  readFileSync('README.md', 'utf8')
    .split(/^## /m)
    .find((chapter) => chapter.startsWith('Integration guide')) ?? '';

function blocksIn(language: string): string[] {
  return [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, given, text = '']) =>
    given === language ? [text] : [],
  );
}

/** The samples as modules: one that does not import anything goes on with the one before. */
const modules = blocksIn('js').reduce<string[]>((found, block) => {
  const begins = block.startsWith('import ');
  return begins ? [...found, block] : [...found.slice(0, -1), `${found.at(-1) ?? ''}\n${block}`];
}, []);

/** `expression; // → value` as the guide writes it. */
const promise = /^(\S.*); \/\/ → (.+)$/gm;

interface Ran {
  code: number;
  output: string;
}

async function run(program: string, words: string[], env: Record<string, string>, cwd: string): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, words, {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env },
      timeout: 50_000,
    });
    return { code: 0, output: `${stdout}${stderr}` };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number | null; stdout: string; stderr: string };
    return { code: code ?? -1, output: `${stdout}${stderr}` };
  }
}

/** A folder of somebody who has installed the package. */
function newProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-guide-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/seatkeeper'));
  return folder;
}

let server: TestServer;
let license: LicenseScene;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (license = await issueLicense(server, { seats: 1 })));

/** Runs a sample against the server, with its promises as assertions. */
function runSample(sample: string): Promise<Ran> {
  const text = sample
    .replaceAll('https://seats.example', server.url)
    .replaceAll('skl_…', license.key)
    .replaceAll('ska_…', operatorToken)
    .replace(promise, 'assert.deepEqual($1, $2);');
  const folder = newProject();
  // What holds the program up, such as a stream, is nothing that a sample has to end.
  writeFileSync(join(folder, 'sample.mjs'), `import assert from 'node:assert/strict';\n${text}\nprocess.exit(0);\n`);
  return run(process.execPath, ['sample.mjs'], { INSTANCE: 'instance-of-the-tests' }, folder);
}

describe('the samples of the guide', () => {
  it('are there, and promise something', () => {
    expect(modules).toHaveLength(4);
    expect(modules.map((sample) => [...sample.matchAll(promise)].length)).toEqual([3, 2, 3, 6]);
    for (const arrow of guide.matchAll(/^.*→.*$/gm)) expect(arrow[0]).toMatch(/^\S.*; \/\/ → \S/);
  });

  it.each([0, 1, 2, 3])('run, and keep what they promise: module %i', async (index) => {
    const sample = modules[index] ?? '';
    expect(await runSample(sample)).toEqual({ code: 0, output: expect.any(String) });
    // The opposite of each promise is found out, so none of them is only looked at.
    const last = [...sample.matchAll(promise)].at(-1)?.[0] ?? '';
    const wrong = await runSample(sample.replace(last, last.replace(/→ .+$/, "→ 'something else'")));
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('AssertionError')]);
  });

  it('show a person what holds', async () => {
    const { output } = await runSample(modules[0] ?? '');
    const lines = output.trim().split('\n');
    expect(lines[0]).toBe('No seat is held on this device. Log in to use a seat. (signedOut)');
    expect(lines[1]).toBe('A seat is being asked for. (activating)');
    expect(lines[2]).toMatch(/^Ready, until \d{4}-\d\d-\d\dT[\d:.]+Z without the server\.$/);
  });

  it('in the shell are done as they stand there', async () => {
    const blocks = blocksIn('sh');
    expect(blocks).toHaveLength(1);
    const script = blocks.join('').replaceAll('curl -s ', 'curl --silent --fail-with-body ');
    const env = { URL: server.url, OPERATOR: `Authorization: Bearer ${operatorToken}`, LICENSE: license.id };
    const { code, output } = await run('bash', ['-c', `set -e\n${script}`], env, newProject());
    expect([code, output]).toEqual([0, expect.stringMatching(/"now".*"suspended".*"active".*"key":"skl_/s)]);
  });
});

/** The members of a union of texts that a module exports, as the compiler knows it. */
function membersOf(file: string, name: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbol = module === undefined ? undefined : checker.getExportsOfModule(module).find((one) => one.name === name);
  if (symbol === undefined) throw new Error(`${file} exports no ${name}`);
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return (type.isUnion() ? type.types : [type]).map((member) => {
    if (!member.isStringLiteral()) throw new Error(`${name} has a member that is no text`);
    return member.value;
  });
}

describe('the table of codes in the guide', () => {
  const rows = guide.split('\n').filter((line) => /^\| `[a-zA-Z]+`/.test(line));
  const codes = rows
    .map((row) => row.split('|')[1] ?? '')
    .filter((cell) => /^ (?:`\w+` )+$/.test(cell))
    .flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, code = '']) => code));

  it('has each code of an answer and of an error once, and no other', () => {
    const whyNot = membersOf('src/client/answer.ts', 'WhyNot');
    const ofErrors = membersOf('src/client/errors.ts', 'SeatErrorCode');
    expect(whyNot.length).toBeGreaterThan(30);
    expect(ofErrors.length).toBeGreaterThan(30);
    expect([...codes].sort()).toEqual([...new Set([...whyNot, ...ofErrors])].sort());
  });

  it('says of each what it means and what to show', () => {
    const full = rows.filter((row) => codes.some((code) => row.startsWith(`| \`${code}\``)));
    for (const row of full) expect(row).toMatch(/^\| (?:`\w+` )+\| [^|]+\S [^|]*\| [^|]*\S[^|]* \|$/);
  });
});

describe('the examples that the guide names', () => {
  const named = [...guide.matchAll(/\]\((test\/examples[^)]*)\)/g)].map(([, path = '']) => path);

  it('are there, and are all', () => {
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
    const present = readdirSync('test/examples').filter((name) => !name.endsWith('.ts'));
    const reached = (name: string): boolean => named.some((path) => path.startsWith(`test/examples/${name}`));
    expect(present.filter((name) => !reached(name))).toEqual([]);
  });
});
