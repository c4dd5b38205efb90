/** The signing thread for real: its script is compiled into a folder of its own, since threads do not run sources. */
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LeaseSigner } from '../../src/leases/lease.signer.js';
import type { UsableKey } from '../../src/leases/signing-key.js';
import { placeCount, placeState, SigningBoard, textBytesMax } from '../../src/leases/signing.board.js';
import { type Posted, SigningThread } from '../../src/leases/signing.thread.js';
import { compileThread } from '../support/compiled.thread.js';
import { until } from '../support/lives.js';

const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-signing-'));
const script = compileThread('leases/signing.worker', folder);
let board: SigningBoard;
let thread: SigningThread;

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  board = new SigningBoard();
  const started = SigningThread.start(script, board);
  if (started === null) throw new Error('the thread did not start');
  thread = started;
});
afterEach(() => thread.close());

describe('the signing thread', () => {
  it('signs what is posted, each text with its key, whatever the order of collecting', async () => {
    const keys = [newKey('one'), newKey('two')] as const;
    const texts = Array.from({ length: 200 }, (_, index) => `lease number ${index}`);
    const keyOf = (index: number): TestKey => (index % 3 === 0 ? keys[0] : keys[1]);
    const posted = texts.map((text, index) => thread.post(text, keyOf(index).key));
    await signed(posted);
    for (const index of [...texts.keys()].reverse()) {
      const signature = thread.collect(posted[index] as Posted);
      expect(isSignature(signature, texts[index] ?? '', keyOf(index))).toBe(true);
      // Never the one of a neighbour.
      expect(isSignature(signature, texts[(index + 3) % 200] ?? '', keyOf(index))).toBe(false);
    }
  });

  it('gives a signature once, and then leaves it to the asker', async () => {
    const one = newKey('one');
    const posted = thread.post('a lease', one.key) as Posted;
    await signed([posted]);
    expect(isSignature(thread.collect(posted), 'a lease', one)).toBe(true);
    expect(thread.collect(posted)).toBeNull();
  });

  it('gives nobody the signature of another text, when the ring has come round', async () => {
    const one = newKey('one');
    const first = thread.post('the first text', one.key) as Posted;
    const others = Array.from({ length: placeCount }, (_, index) => thread.post(`text ${index}`, one.key));
    await signed(others);
    expect(thread.collect(first)).toBeNull();
    const last = others.at(-1) as Posted;
    expect(isSignature(thread.collect(last), `text ${placeCount - 1}`, one)).toBe(true);
  });

  it('goes on after batches whose leases nobody came for', async () => {
    const one = newKey('one');
    for (let batch = 0; batch < 5; batch += 1) {
      await signed(Array.from({ length: 200 }, (_, index) => thread.post(`batch ${batch}, ${index}`, one.key)));
    }
    const posted = thread.post('asked for', one.key);
    await signed([posted]);
    expect(isSignature(thread.collect(posted as Posted), 'asked for', one)).toBe(true);
  });

  it('takes no text that is too long, and none when it has ended', async () => {
    const one = newKey('one');
    expect(thread.post('x'.repeat(textBytesMax + 1), one.key)).toBeNull();
    const posted = thread.post('x'.repeat(textBytesMax), one.key);
    expect(posted).not.toBeNull();
    await thread.close();
    expect(thread.post('too late', one.key)).toBeNull();
    const signature = thread.collect(posted as Posted);
    expect(signature === null || isSignature(signature, 'x'.repeat(textBytesMax), one)).toBe(true);
  });

  it('makes leases that verify, with the thread, without it and after it has died', async () => {
    const one = newKey('one');
    const signer = new LeaseSigner({ keyThatSigns: () => one.key }, { publicUrl: 'https://seats.example' }, thread);
    const input = { deviceId: 'd', licenseId: 'l', fingerprint: 'fingerprint', leaseExpiresAt: 86_400_000 };
    const begun = Array.from({ length: 64 }, () => signer.begin(input, 1_000));
    signer.signBegun();
    const late = signer.begin(input, 1_000);
    const leases = [...begun.slice(0, 32), late].map((lease) => lease.compact());
    await thread.close();
    leases.push(...begun.slice(32).map((lease) => lease.compact()), signer.sign(input, 1_000));
    for (const lease of leases) {
      const [header, claims, signature] = lease.split('.');
      expect(isSignature(signature ?? null, `${header}.${claims}`, one)).toBe(true);
    }
    expect(new Set(leases).size).toBe(66);
  });
});

interface TestKey {
  key: UsableKey;
  publicKey: KeyObject;
}

function newKey(kid: string): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: '' } as const;
  return { publicKey, key: { kid, publicJwk, privateKey, createdAt: 0, signsFrom: 0, lastLeaseEndsAt: null } };
}

function isSignature(signature: string | null, text: string, { publicKey }: TestKey): boolean {
  return signature !== null && verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
}

/** Calls the thread, and waits until it has signed all of these. */
async function signed(posted: readonly (Posted | null)[]): Promise<void> {
  expect(posted).not.toContain(null);
  thread.call();
  await until('all are signed', () =>
    posted.every((one) => one !== null && board.states[one.place] === placeState.signed),
  );
}
