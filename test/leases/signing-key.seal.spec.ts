/** Sealing a private half: what opens it, and that nothing else does. */
import { SigningKeySeal } from '../../src/leases/signing-key.seal.js';
import { otherSecret, secret } from './scene.js';

describe('the seal of a signing key', () => {
  const seal = new SigningKeySeal(secret);

  it('opens what was sealed with the same secret for the same key', () => {
    expect(new SigningKeySeal(secret).open('kid', seal.seal('kid', 'a private key'))).toBe('a private key');
  });

  it('seals the same text differently each time, and never shows it', () => {
    const sealed = [seal.seal('kid', 'a private key'), seal.seal('kid', 'a private key')];
    expect(new Set(sealed).size).toBe(2);
    for (const text of sealed) expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('private');
  });

  it('opens nothing with another secret, nor for another key', () => {
    const sealed = seal.seal('kid', 'a private key');
    expect(new SigningKeySeal(otherSecret).open('kid', sealed)).toBeNull();
    expect(seal.open('another kid', sealed)).toBeNull();
  });

  it('opens nothing that was changed in any byte, or cut', () => {
    const sealed = Buffer.from(seal.seal('kid', 'a private key'), 'base64url');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(seal.open('kid', changed.toString('base64url'))).toBeNull();
      expect(seal.open('kid', sealed.subarray(0, index).toString('base64url'))).toBeNull();
    }
  });
});
