/** `seatkeeper simulate`: small fleets on a real server, the same twice by the same seed, and a server that breaks a rule. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { seatkeeper } from '../cli/terminal.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

const program = join(dirname(resolve(process.env.SEATKEEPER_TEST_ENTRY ?? 'dist/server/main.js')), 'seatkeeper.js');
const millisMax = 240_000;

interface Summary {
  seed: string;
  accepted: Record<string, number>;
  refused: Record<string, number>;
  lives: Record<string, number>;
  history: Record<string, number>;
  rules: { name: string; looks: number; held: boolean; broken: string[] }[];
  allRulesHeld: boolean;
}

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const environment = { SEATKEEPER_TOKEN: operatorToken };
const line = (devices: number, days: number, ...more: string[]): string[] => [
  'simulate',
  ...['--devices', String(devices), '--days', String(days), '--server', server.url, ...more],
];

describe('seatkeeper simulate', () => {
  it(
    'gives the same summary for the same seed and another for another, and all rules hold',
    async () => {
      const [first, second, other] = [
        await seatkeeper(line(20, 30, '--json'), environment),
        await seatkeeper(line(20, 30, '--json', '--seed', '1'), environment),
        await seatkeeper(line(20, 30, '--json', '--seed', '2'), environment),
      ];
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(second).toEqual(first);
      expect(other).toMatchObject({ code: 0, stderr: '' });
      const summary = JSON.parse(first.stdout) as Summary;
      expect((JSON.parse(other.stdout) as Summary).accepted).not.toEqual(summary.accepted);
      expect(summary.allRulesHeld).toBe(true);
      for (const { looks } of summary.rules) expect(looks).toBeGreaterThan(0);
      expect(summary.accepted['checkIns']).toBeGreaterThan(100);
      expect(summary.refused['activations.noSeatAvailable']).toBeGreaterThan(0);
      expect(summary.lives).toMatchObject({ laptopsStolen: 1, desktopsBroken: 1 });
      expect(summary.history).toMatchObject({ suspend: 1, reinstate: 1, renew: 1, forceDeactivate: 1, replaceKey: 1 });
    },
    millisMax,
  );

  it(
    'ends with 1 and says which rule was broken where the server says what cannot be',
    async () => {
      const liar = createServer((request, response) => {
        void textOf(request)
          .then((body) =>
            fetch(`${server.url}${request.url}`, {
              method: request.method ?? 'GET',
              headers: Object.fromEntries(
                ['authorization', 'content-type'].flatMap((name) =>
                  request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]],
                ),
              ),
              body: body === '' ? null : body,
            }),
          )
          .then(async (answer) => {
            const text = await answer.text();
            const isLicense = request.method === 'GET' && /^\/v1\/licenses\/[\da-f-]{36}$/.test(request.url ?? '');
            response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
            response.end(isLicense ? text.replace(/"activeDevices":\d+/, '"activeDevices":1000') : text);
          });
      });
      await new Promise<void>((done) => liar.listen(0, '127.0.0.1', done));
      const url = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
      const { code, stdout } = await seatkeeper(line(4, 2, '--server', url), environment);
      liar.close();
      expect(code).toBe(1);
      expect(stdout).toMatch(/\n {2}BROKEN {2}R1 The server counted [^\n]+\n {12}team-1: [^\n]*1000 active devices/);
      expect(stdout).toMatch(/\nRules were broken\.\n$/);
    },
    millisMax,
  );

  it(
    'brings a server of its own, and leaves nothing of it',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
      const child = spawn(process.execPath, [program, 'simulate', '--devices', '4', '--days', '3'], {
        env: { TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
      const code = await new Promise((done) => child.once('close', done));
      expect({ code, stderr: output.stderr }).toEqual({ code: 0, stderr: '' });
      expect(output.stdout).toMatch(/^4 devices lived 3 days \(seed 1\)\.\n/);
      expect(output.stdout).toContain('  held    The doctor finds the database sound (looked 1 times).\n');
      expect(output.stdout).toMatch(/\nAll rules held\.\n$/);
      expect(readdirSync(folder)).toEqual([]);
    },
    millisMax,
  );

  it('says in a line what it cannot do', async () => {
    const realTime = await startServer({ clock: 'system' });
    const noTestClock = await seatkeeper(['simulate', '--server', realTime.url], environment);
    await realTime.stop();
    expect(noTestClock).toMatchObject({ code: 3, stdout: '' });
    expect(noTestClock.stderr).toMatch(/^The story was refused GET \/v1\/test-clock: 404 [^\n]+\n$/);
    const away = await seatkeeper(['simulate', '--server', 'http://127.0.0.1:9'], environment);
    expect(away).toMatchObject({ code: 4, stdout: '' });
    expect(away.stderr).toMatch(/^http:\/\/127\.0\.0\.1:9 does not answer [^\n]+\n$/);
    const wrong: [string[], Record<string, string>][] = [
      [['simulate', '--devices', '3'], environment],
      [['simulate', '--days', 'many'], environment],
      [['simulate', '--seed', '-1'], environment],
      [['simulate', '--server', server.url], {}],
      [['simulate', '--server', server.url], { SEATKEEPER_TOKEN: 'a b' }],
    ];
    for (const [words, variables] of wrong) {
      expect({ words, ...(await seatkeeper(words, variables)) }).toMatchObject({ words, code: 2, stdout: '' });
    }
  });

  it('ends with 3 where the server says no to the token, whether it knows it or not', async () => {
    const { body } = await server.request<{ token: string }>('POST', '/v1/tokens', {
      body: { role: 'support', name: 'Help desk' },
    });
    for (const [token, status] of [
      ['ska_nobody', 401],
      [body.token, 403],
    ] as const) {
      const refused = await seatkeeper(line(4, 1), { SEATKEEPER_TOKEN: token });
      expect(refused).toMatchObject({ code: 3, stdout: '' });
      expect(refused.stderr).toMatch(new RegExp(`^The story was refused GET /v1/test-clock: ${status} [^\\n]+\\n$`));
    }
  });

  it('stops in good order when it is told to', async () => {
    const stopped = await seatkeeper(line(4, 300), environment, { stop: AbortSignal.abort() });
    expect(stopped).toEqual({ code: 1, stdout: '', stderr: 'It was told to stop before its end.\n' });
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
