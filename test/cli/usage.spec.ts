/** How `seatkeeper` reads its arguments, and what it says of itself. */
import { readFileSync } from 'node:fs';
import { commands } from '../../src/cli/commands.js';
import { seatkeeper } from './terminal.js';

/** What is wrong, in what words, and which help the hint leads to. */
const wrong: [string[], RegExp, string][] = [
  [[], /^A command is missing\./, 'seatkeeper'],
  [['frobnicate'], /^There is no command "frobnicate"\./, 'seatkeeper'],
  [['frobnicate', '--help'], /^There is no command "frobnicate"\./, 'seatkeeper'],
  [['keys'], /^There is no command "keys"\./, 'seatkeeper keys'],
  [['device', 'dance'], /^There is no command "device dance"\./, 'seatkeeper device'],
  [['keys', 'rotate', 'now'], /^There is no command "keys rotate now"\./, 'seatkeeper keys rotate'],
  [['migrate', '--force'], /^There is no option --force\./, 'seatkeeper migrate'],
  [['migrate', '--json=yes'], /^The option --json takes no value\./, 'seatkeeper migrate'],
  [['migrate', '-x'], /^There is no option -x\./, 'seatkeeper migrate'],
  [['migrate', '--format', 'svg'], /^seatkeeper migrate does not know --format\./, 'seatkeeper migrate'],
  [['machines', 'export', '--format'], /^The option --format needs a value\./, 'seatkeeper machines export'],
  [['machines', 'export', '--format='], /^The option --format needs a value\./, 'seatkeeper machines export'],
  [['machines', 'export', '--format', 'pdf'], /^There is no format pdf\./, 'seatkeeper machines export'],
  [['machines', 'export', '--to', 'x'], /^There is no option --to\./, 'seatkeeper machines export'],
  [['device', 'activate', '--server', 'ftp://x'], /^The address of the server begins/, 'seatkeeper device activate'],
  [['license', 'issue'], /^SEATKEEPER_TOKEN is missing/, 'seatkeeper license issue'],
  [['serve', '--json'], /^seatkeeper serve does not know --json\./, 'seatkeeper serve'],
];

describe('the usage of seatkeeper', () => {
  it('names every command, with an example of each', async () => {
    const width = Math.max(...commands.map(({ name }) => name.length));
    for (const option of ['--help', '-h']) {
      const { code, stdout, stderr } = await seatkeeper([option]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const { name, summary, examples } of commands) {
        expect(stdout).toContain(`  ${name.padEnd(width)}  ${summary}\n`);
        expect(stdout).toContain(`  ${examples[0]?.line}\n`);
      }
      expect(stdout).toMatch(/Exit codes\n {2}0 .+\n {2}1 .+\n {2}2 .+\n/);
    }
  });

  it('explains each command, with all its examples, which are commands that there are', async () => {
    for (const { name, examples } of commands) {
      const { code, stdout } = await seatkeeper([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: seatkeeper ${name}`);
      expect(examples.length).toBeGreaterThan(0);
      for (const { line, meaning } of examples) {
        expect(line).toContain(`seatkeeper ${name}`);
        expect(stdout).toContain(`  ${line}\n      ${meaning}\n`);
      }
    }
  });

  it('explains a group of commands', async () => {
    const { code, stdout } = await seatkeeper(['keys', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('keys rotate');
    expect(stdout).not.toContain('migrate');
  });

  it('says the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await seatkeeper(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    const json = await seatkeeper(['--version', '--json']);
    expect(json).toEqual({ code: 0, stdout: `${JSON.stringify({ version })}\n`, stderr: '' });
  });

  it('refuses what it does not know with one line and exit code 2', async () => {
    for (const [line, sentence, help] of wrong) {
      if (line.includes('--json')) continue;
      const { code, stdout, stderr } = await seatkeeper(line);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: '' });
      expect(stderr).toMatch(sentence);
      expect(stderr).toMatch(/^[^\n]+\n$/);
      expect({ line, stderr }).toEqual({
        line,
        stderr: expect.stringMatching(new RegExp(` See ${help} --help\\.\n$`)),
      });
      // The help that it leads to is there.
      expect((await seatkeeper([...help.split(' ').slice(1), '--help'])).code).toBe(0);
    }
  });

  it('refuses it in JSON with --json, with the same words and exit code', async () => {
    for (const [line, sentence, help] of wrong) {
      if (line.includes('--json=yes')) continue;
      const { code, stdout, stderr } = await seatkeeper(['--json', ...line]);
      expect({ line, code, stderr }).toEqual({ line, code: 2, stderr: '' });
      expect(stdout).toMatch(/^[^\n]+\n$/);
      const { error } = JSON.parse(stdout) as { error: { detail: string } };
      const detail = error.detail;
      expect(error).toEqual({ code: 'wrongUsage', isAnswer: false, detail, remedy: `See ${help} --help.` });
      expect(detail).toMatch(sentence);
    }
  });

  it('takes --json for the value of an option where it stands in its place', async () => {
    const { code, stdout, stderr } = await seatkeeper(['machines', 'export', '--format', '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^There is no format --json\./);
  });

  it('says in JSON with --json what stopped a command, with the exit code of the command', async () => {
    const environment = { DATABASE_URL: 'sqlite:nowhere/at/all.sqlite' };
    for (const [command, expected] of [
      ['sign-in-link', 1],
      ['doctor', 2],
    ] as const) {
      const plain = await seatkeeper([command], environment);
      expect(plain).toEqual({ code: expected, stdout: '', stderr: expect.stringMatching(/\S\n$/) });
      const { code, stdout, stderr } = await seatkeeper([command, '--json'], environment);
      expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
      expect(JSON.parse(stdout)).toEqual({
        error: { code: 'failed', isAnswer: false, detail: plain.stderr.trimEnd(), remedy: null },
      });
    }
  });
});
