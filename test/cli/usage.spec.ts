/** How `seatkeeper` reads its arguments, and what it says of itself. */
import { readFileSync } from 'node:fs';
import { commands } from '../../src/cli/commands.js';
import { seatkeeper } from './terminal.js';

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
  });

  it('refuses what it does not know with one line and exit code 2', async () => {
    const wrong: [string[], RegExp][] = [
      [[], /^A command is missing\./],
      [['frobnicate'], /^There is no command "frobnicate"\./],
      [['frobnicate', '--help'], /^There is no command "frobnicate"\./],
      [['keys'], /^There is no command "keys"\./],
      [['keys', 'rotate', 'now'], /^There is no command "keys rotate now"\./],
      [['migrate', '--force'], /^There is no option --force\./],
      [['migrate', '--json=yes'], /^The option --json takes no value\./],
      [['migrate', '-x'], /^There is no option -x\./],
      [['migrate', '--format', 'svg'], /^seatkeeper migrate does not know --format\./],
      [['machines', 'export', '--format'], /^The option --format needs a value\./],
      [['machines', 'export', '--format='], /^The option --format needs a value\./],
      [['machines', 'export', '--format', 'pdf'], /^There is no format pdf\./],
      [['machines', 'export', '--to', 'x'], /^There is no option --to\./],
      [['serve', '--json'], /^seatkeeper serve does not know --json\./],
    ];
    for (const [line, sentence] of wrong) {
      const { code, stdout, stderr } = await seatkeeper(line);
      expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: '' });
      expect(stderr).toMatch(sentence);
      expect(stderr).toMatch(/^[^\n]+ See seatkeeper --help\.\n$/);
    }
  });
});
