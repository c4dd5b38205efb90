/** What secrets look like, and under which hash they are known. */
import { createHash } from 'node:crypto';
import { hashSecret, hintOf, newSecret } from '../../src/auth/secret.js';

describe('a secret', () => {
  it('is its prefix and 256 bits in base64url', () => {
    expect(newSecret('skd_')).toMatch(/^skd_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(newSecret('ska_').slice(4), 'base64url')).toHaveLength(32);
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => newSecret('skl_'))).size).toBe(100);
  });

  it('is known by its SHA-256 in base64url', () => {
    expect(hashSecret('skd_x')).toBe(createHash('sha256').update('skd_x').digest('base64url'));
    expect(hashSecret('skd_x')).toHaveLength(43);
  });

  it('is recognized by its end, which gives little of it away', () => {
    expect(hintOf('skl_abcdefghijklmnop')).toBe('klmnop');
  });
});
