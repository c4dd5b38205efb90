/** The README is true: its story is typed line by line into a shell, and its table of variables is the server's. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { configurationVariables } from '../src/config/configuration.js';
import { operatorToken, startServer, type TestServer } from './support/server.js';

const readme = readFileSync('README.md', 'utf8');

interface Block {
  commands: string;
  /** The answer that the README shows; null where it shows none. */
  answer: string | null;
}

/** The blocks of a chapter: commands, and the answer shown right after them. */
function blocksOf(chapter: string): Block[] {
  const text = readme.split(/^## /m).find((part) => part.startsWith(chapter)) ?? '';
  const story = text.split(/^### /m)[0] ?? '';
  const blocks = [...story.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, language, content = ''], index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    return [{ commands: content, answer: next?.[1] === 'json' ? (next[2] ?? null) : null }];
  });
}

/** An answer without what differs from run to run: ids, times, secrets and addresses become words. */
function stable(answer: string, url: string): unknown {
  return JSON.parse(
    answer
      .replaceAll(url, 'URL')
      .replaceAll('http://127.0.0.1:3000', 'URL')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replace(/"(token|key|lease|url)": "[^"]+"/g, '"$1": "SECRET"')
      .replace(/"keyHint": "[^"]+"/, '"keyHint": "HINT"')
      .replace(/"name": "[\w-]{6}"\n/g, '"name": "HINT"\n'),
  );
}

describe('the story in the README', () => {
  let server: TestServer;
  beforeAll(async () => (server = await startServer({ clock: 'system' })));
  afterAll(() => server.stop());

  /** Types the blocks into a shell, and expects the answers that they show. */
  async function type(blocks: Block[]): Promise<void> {
    const mark = '----';
    const script = blocks
      .map(({ commands }) => `echo '${mark}'\n${commands}`)
      .join('')
      .replace('http://127.0.0.1:3000', server.url)
      .replace(/ska_the-token[\w-]*/, operatorToken);
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    const { stdout } = await promisify(execFile)('bash', ['-c', `set -e\n${script}`], { cwd: folder });
    const answers = stdout.split(`${mark}\n`).slice(1);
    blocks.forEach(({ answer }, index) => {
      if (answer === null) return;
      expect(stable(answers[index] ?? '', server.url)).toEqual(stable(answer, server.url));
    });
    // What shows no answer must not have been refused in silence.
    expect(stdout).not.toContain('/problems/unauthenticated');
  }

  it('goes as it is told, answer by answer', async () => {
    const blocks = blocksOf('The story of one license');
    expect(blocks.length).toBeGreaterThan(12);
    await type(blocks);
  });

  it('goes on with people who sign in', async () => {
    const blocks = blocksOf('People and signing in');
    expect(blocks.length).toBe(3);
    const signedOut = { commands: `test -z "$(grep seatkeeper_session jar)" && pick .role\n`, answer: '"owner"' };
    await type([
      ...blocksOf('The story of one license').slice(0, 2),
      ...blocks,
      { ...signedOut, commands: signedOut.commands.replace('pick .role', 'pick .role | sed \'s/.*/"&"/\'') },
    ]);
  });
});

describe('the table of variables in the README', () => {
  it.each(configurationVariables.map((variable) => [variable.name, variable] as const))(
    'tells the default and the meaning of %s',
    (name, variable) => {
      const fallback = variable.default === null ? '' : `\`${variable.default}\``;
      const row = `| \`${name}\` | ${fallback} | ${variable.meaning} |`;
      expect(readme.split('\n').map((line) => line.replace(/ +/g, ' '))).toContain(row.replace(/ +/g, ' '));
    },
  );
});
