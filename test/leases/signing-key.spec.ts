/** Which of several keys signs, and which are public, at every moment of a rotation. */
import { createPrivateKey } from 'node:crypto';
import { type SigningKey, keyThatSigns, newKeyPair, publicHalf, publishedKeys } from '../../src/leases/signing-key.js';
import { day, minute, start } from './scene.js';

describe('which signing key is used', () => {
  let first: SigningKey;
  let second: SigningKey;

  beforeAll(async () => {
    first = { ...(await newKey(start)), lastLeaseEndsAt: start + 30 * day };
    second = await newKey(start + day);
  });

  it('signs with the newest key whose time has come', () => {
    expect(keyThatSigns([first, second], start)?.kid).toBe(first.kid);
    expect(keyThatSigns([first, second], start + day - 1)?.kid).toBe(first.kid);
    expect(keyThatSigns([first, second], start + day)?.kid).toBe(second.kid);
  });

  it('signs with the earliest where the clock was set back before all of them', () => {
    expect(keyThatSigns([first, second], start - 1)?.kid).toBe(first.kid);
  });

  it('signs with no key whose private half was erased', () => {
    expect(keyThatSigns([{ ...first, privateKey: null }, second], start)?.kid).toBe(second.kid);
    expect(keyThatSigns([{ ...first, privateKey: null }], start)).toBeUndefined();
  });

  it('publishes a new key before it signs', () => {
    expect(publishedKeys([first, second], start)).toEqual([first, second]);
  });

  it('publishes an old key until the instant at which the last lease under it ends', () => {
    expect(publishedKeys([first, second], start + 30 * day - 1)).toEqual([first, second]);
    expect(publishedKeys([first, second], start + 30 * day)).toEqual([second]);
  });

  it('publishes an old key that gave no lease for ten minutes more', () => {
    const unused = { ...first, lastLeaseEndsAt: null };
    expect(publishedKeys([unused, second], start + day + 10 * minute - 1)).toEqual([unused, second]);
    expect(publishedKeys([unused, second], start + day + 10 * minute)).toEqual([second]);
  });
});

async function newKey(signsFrom: number): Promise<SigningKey> {
  const { kid, privateJwk } = await newKeyPair();
  const privateKey = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
  return { kid, publicJwk: publicHalf(privateJwk), privateKey, createdAt: signsFrom, signsFrom, lastLeaseEndsAt: null };
}
