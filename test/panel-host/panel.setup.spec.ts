/** The panel's page and assets, from a folder that stands for a built panel, behind the server's real shell. */
import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseConfiguration } from '../../src/config/configuration.js';
import { createAdapter } from '../../src/http/adapter.js';
import { configureHttp } from '../../src/http/configure-http.js';
import { panelRoutes, setUpPanel } from '../../src/panel-host/panel.setup.js';

@Module({})
class NothingModule {}

const script = 'console.log("a panel");\n'.repeat(100);
const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-panel-'));

let app: NestFastifyApplication;
let url: string;

async function start(panel: string): Promise<void> {
  const configuration = parseConfiguration({ PORT: '0', LOG_LEVEL: 'silent' });
  app = await NestFactory.create<NestFastifyApplication>(NothingModule, createAdapter(configuration), {
    logger: false,
  });
  await configureHttp(app, configuration);
  setUpPanel(app, [panel]);
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
}

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><meta property="csp-nonce" nonce="NONCE_OF_THIS_ANSWER"><script nonce="NONCE_OF_THIS_ANSWER"></script>',
  );
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), script);
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'assets', '.hidden'), 'hidden');
});
afterEach(() => app.close());
afterAll(() => rmSync(folder, { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { headers, redirect: 'manual' });

/** The nonce in the policy of an answer, and those in its page. */
async function noncesOf(response: Response): Promise<[string, string[]]> {
  const [, inPolicy = ''] = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '') ?? [];
  return [inPolicy, [...(await response.text()).matchAll(/nonce="([^"]+)"/g)].map(([, nonce = '']) => nonce)];
}

describe('a built panel', () => {
  beforeEach(() => start(folder));

  it('has its page at each of its addresses, and below those that have things below them', async () => {
    const paths = panelRoutes.map((route) => route.replace('*', '01936f2a-0000-7000-8000-000000000011'));
    for (const path of [...paths, '/licenses/a/b', '/sign-in?next=%2Flicenses']) {
      const response = await get(path, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ]);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('begins at the licenses', async () => {
    const response = await get('/');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/licenses']);
  });

  it('has a nonce in its policy and its page that no other answer has', async () => {
    const [first, inFirst] = await noncesOf(await get('/licenses'));
    const [second, inSecond] = await noncesOf(await get('/licenses'));
    expect(Buffer.from(first, 'base64')).toHaveLength(16);
    expect(inFirst).toEqual([first, first]);
    expect(inSecond).toEqual([second, second]);
    expect(second).not.toBe(first);
  });

  it('lets in nothing but what comes from this server', async () => {
    const policy = (await get('/licenses')).headers.get('content-security-policy') ?? '';
    expect(policy.replace(/'nonce-[^']+'/, "'nonce-…'").split(';')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-…'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(Object.fromEntries((await get('/licenses')).headers)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('is for those who read HTML: others are told that nothing is here', async () => {
    for (const accept of ['application/json', 'application/problem+json', 'image/png']) {
      const response = await get('/licenses', { accept });
      expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ code: 'notFound' })]);
    }
    expect((await fetch(`${url}/licenses`, { method: 'POST' })).status).toBe(404);
  });

  it('is what a browser sees at an address of nothing, with the status of nothing', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    for (const path of ['/licences', '/sign-in/more', '/people/1']) {
      const response = await get(path, { accept });
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        404,
        'text/html; charset=utf-8',
      ]);
      expect(response.headers.get('vary')).toBe('accept');
    }
    // What is for programs stays so, whoever asks.
    for (const path of ['/v1/nothing', '/v1', '/assets/gone.js', '/.well-known/nothing']) {
      const response = await get(path, { accept });
      expect([path, response.status, await response.json()]).toEqual([
        path,
        404,
        expect.objectContaining({ code: 'notFound', instance: path }),
      ]);
    }
    expect((await fetch(`${url}/licences`, { method: 'POST', headers: { accept } })).headers.get('content-type')).toBe(
      'application/problem+json; charset=utf-8',
    );
  });

  it('leaves everything else as it is', async () => {
    for (const path of [
      '/license',
      '/licensesx',
      '/sign-in/more',
      '/people/1',
      '/assets',
      '/index.html',
      '/main.tsx',
    ]) {
      const response = await get(path);
      expect([path, response.status, await response.json()]).toEqual([
        path,
        404,
        expect.objectContaining({ code: 'notFound', instance: path }),
      ]);
    }
    expect((await get('/account/licenses')).status).toBe(410);
  });
});

describe('its assets', () => {
  beforeEach(() => start(folder));

  it('may be kept for ever', async () => {
    const response = await get('/assets/main-1a2b3c.js');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe(script);
  });

  it.each([
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip, deflate'],
    [null, 'identity'],
    [null, 'br;q=0, gzip; q=0.0'],
    ['gzip', 'br;q=0, GZIP;q=0.5'],
  ])('come as %s where %s is taken', async (encoding, accepted) => {
    const response = await get('/assets/main-1a2b3c.js', { 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await response.text()).toBe(script);
  });

  it('are those of the panel only', async () => {
    for (const path of [
      '/assets/gone-1a2b3c.js',
      '/assets/.hidden',
      '/assets/../index.html',
      '/assets/%2e%2e/index.html',
      '/assets/',
    ]) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('cache-control') ?? '').not.toContain('immutable');
      expect(await response.json()).toMatchObject({ code: 'notFound' });
    }
  });
});

describe('a server without a panel', () => {
  it('starts, and says that nothing is at the addresses of the panel', async () => {
    await start(join(folder, 'nowhere'));
    for (const path of ['/', '/licenses', '/sign-in', '/assets/main-1a2b3c.js']) {
      const response = await get(path, { accept: 'text/html' });
      expect([path, response.status, await response.json()]).toEqual([
        path,
        404,
        expect.objectContaining({ code: 'notFound' }),
      ]);
    }
  });
});
