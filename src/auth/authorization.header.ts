/** Reads the header `Authorization`. It knows the two schemes of the contract, and not whether a credential is any good. */
import { secretPrefixes } from './secret.js';

/** A credential as it was presented. */
export interface Presented {
  readonly scheme: 'license' | 'bearer';
  readonly secret: string;
}

/** What a header says: nothing at all, nothing that can be a credential here, or a credential. */
export function readAuthorization(header: string | undefined): Presented | 'nothing' | 'unusable' {
  if (header === undefined) return 'nothing';
  const text = header.trim();
  if (text === '') return 'nothing';
  const end = text.search(/[ \t]/);
  if (end < 0) return 'unusable';
  const scheme = text.slice(0, end).toLowerCase();
  if (scheme !== 'bearer' && scheme !== 'license') return 'unusable';
  return { scheme, secret: text.slice(end + 1).trimStart() };
}

/** Whether the credential looks like the token of a device. */
export function looksLikeDeviceToken(presented: Presented): boolean {
  return presented.scheme === 'bearer' && presented.secret.startsWith(secretPrefixes.deviceToken);
}
