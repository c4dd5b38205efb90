/** The pieces of the kit that can be tried alone: rhythm, stores, fingerprint, refusals. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusalIn } from '../../src/client/errors.js';
import { fileStore, usualFile } from '../../src/client/file.store.js';
import { fingerprintOf, machineFingerprint, NoMachineIdentity } from '../../src/client/fingerprint.js';
import { restMillis, retryMillis } from '../../src/client/rhythm.js';
import { webStore } from '../../src/client/store.js';
import { contractModule } from '../../src/client/build/contract.js';

const day = 86_400_000;

describe('the rhythm', () => {
  it('rests a quarter of the period, a day at most and a second at least, a tenth less or more by chance', () => {
    expect(restMillis(30 * day, 0.5)).toBe(day);
    expect([restMillis(80_000, 0), restMillis(80_000, 0.5), restMillis(80_000, 1)]).toEqual([18_000, 20_000, 22_000]);
    expect(restMillis(1_000, 0)).toBe(1_000);
  });

  it('tries again from half of the time on, an eighth of the period apart at most', () => {
    expect([retryMillis(1, 30 * day, 0), retryMillis(1, 30 * day, 1)]).toEqual([2_500, 5_000]);
    expect(retryMillis(1_000, 30 * day, 1)).toBe(3_600_000);
    expect(retryMillis(9, 80_000, 1)).toBe(10_000);
  });

  it('never undercuts what the server asks for', () => {
    expect(retryMillis(1, 30 * day, 0, 90)).toBe(90_000);
    expect(retryMillis(20, 30 * day, 1, 1)).toBe(3_600_000);
  });
});

describe('the file of a session', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-file-'));
  const path = join(folder, 'made', 'seat.json');
  const store = fileStore(path);

  it('is nothing before it was written', async () => {
    expect(await store.read()).toBeNull();
    await store.clear();
  });

  it('is for its owner only, in a folder for its owner only', async () => {
    await store.write('one');
    expect(await store.read()).toBe('one');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'made')).mode & 0o777).toBe(0o700);
  });

  it('is written whole, with nothing left beside it, however many write at once', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(texts.map((text) => store.write(text)));
    expect(texts).toContain(await store.read());
    expect(readdirSync(join(folder, 'made'))).toEqual(['seat.json']);
  });

  it('is gone once it is forgotten', async () => {
    await store.clear();
    expect(await store.read()).toBeNull();
  });

  it('has a name that any product can have', () => {
    expect(usualFile('../../Mapper Pro 5')).toMatch(/seatkeeper[/\\]\.\.-\.\.-mapper-pro-5\.json$/);
  });
});

describe('the store of a browser', () => {
  it('is what the page keeps, and says where that is forbidden', async () => {
    const kept = new Map<string, string>();
    const store = webStore('mapper', {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    });
    await store.write('one');
    expect([await store.read(), [...kept.keys()]]).toEqual(['one', ['mapper']]);
    await store.clear();
    expect(await store.read()).toBeNull();
    await expect(webStore('mapper').read()).rejects.toThrow();
  });
});

describe('the fingerprint of a machine', () => {
  const identity = existsSync('/etc/machine-id') ? readFileSync('/etc/machine-id', 'utf8').trim() : '';

  it('is the same each time, another for another product, and gives the identity away to nobody', async () => {
    // As in most containers.
    if (identity === '') return expect(machineFingerprint('mapper')).rejects.toThrow(NoMachineIdentity);
    const [one, again, other] = await Promise.all([
      machineFingerprint('mapper'),
      machineFingerprint('mapper'),
      machineFingerprint('viewer'),
    ]);
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
    expect(one).toBe(fingerprintOf(identity, 'mapper'));
    expect(one).not.toContain(identity.slice(0, 8));
  });
});

describe('a refusal', () => {
  const problem = {
    type: 'http://x/problems/x',
    title: 't',
    status: 409,
    detail: 'd',
    instance: '/',
    code: 'noSeatAvailable',
  };

  it('is read with what its code carries', () => {
    expect(refusalIn({ ...problem, remedy: 'r', seats: 2 }, 409, null)).toMatchObject({
      code: 'noSeatAvailable',
      seats: 2,
      remedy: 'r',
      isAnswer: true,
    });
    const busy = { ...problem, status: 503, code: 'overloaded', outcome: 'unknown' };
    expect(refusalIn(busy, 503, '4')).toMatchObject({ retryAfterSeconds: 4, outcome: 'unknown', remedy: null });
    expect(refusalIn(busy, 503, 'Wed, 21 Oct 2026 07:28:00 GMT')).toMatchObject({ retryAfterSeconds: null });
  });

  it.each([
    null,
    'text',
    [],
    {},
    { ...problem, code: 'toString' },
    { ...problem, code: 'newlyInvented' },
    { ...problem, status: 200 },
    { ...problem, detail: 5 },
    { ...problem, type: undefined },
  ])('is none in %j', (body) => {
    expect(refusalIn(body, 409, null)).toBeNull();
  });
});

describe('the types of the interface', () => {
  it('are those of its description now', async () => {
    const description = JSON.parse(readFileSync('dist/openapi.json', 'utf8')) as Parameters<typeof contractModule>[0];
    const squeezed = (text: string): string => text.replaceAll(/[\s;|'"]+/g, '');
    expect(squeezed(readFileSync('src/client/contract.ts', 'utf8'))).toBe(squeezed(await contractModule(description)));
  });
});
