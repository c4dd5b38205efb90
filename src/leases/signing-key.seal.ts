/**
 * Seals the private halves of signing keys for the database with `SEATKEEPER_SECRET`: AES-256-GCM, a random nonce each time, the
 * `kid` as associated data, so that one key's text cannot stand in another's row. It knows nothing of rows.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export class SigningKeySeal {
  private readonly key: Buffer;

  /** @param secret the 32 bytes of `SEATKEEPER_SECRET`; a key for this purpose alone is derived from them (HKDF-SHA-256) */
  constructor(secret: Uint8Array) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'seatkeeper signing keys', 32));
  }

  /** The sealed text: nonce, ciphertext and tag, base64url. */
  seal(kid: string, text: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(kid));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]).toString('base64url');
  }

  /** The text, or null where it was sealed with another secret or for another key, or was changed since. */
  open(kid: string, sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < nonceBytes + tagBytes) return null;
    const decipher = createDecipheriv(algorithm, this.key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(kid));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }
}
