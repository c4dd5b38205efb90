/** What a password may be. Length is what makes one hard to guess (NIST SP 800-63B); rules about kinds of characters are not made. */
import { z } from 'zod';
import * as story from '../http/example.story.js';
import { invalidRequest, type ProblemError } from '../problems/problem.js';
import { emailKey } from './email.js';

const charactersMin = 12;
const charactersMax = 200;
const loneSurrogate = /\p{Surrogate}/u;

/** A password that somebody chooses. A character is a Unicode code point. */
export const chosenPassword = z
  .string()
  .check((context) => {
    const message = faultOf(context.value);
    if (message !== null) context.issues.push({ code: 'custom', message, input: '' });
  })
  .meta({
    minLength: charactersMin,
    maxLength: charactersMax,
    format: 'password',
    examples: [story.olivia.password],
  });

/** A password that somebody says: any that could have been chosen once, and what is too short is just wrong. Blanks only never could. */
export const saidPassword = z
  .string()
  .max(2 * charactersMax, `must have at most ${charactersMax} characters`)
  .refine((value) => value.trim() !== '', 'must not be empty or blanks only')
  .meta({
    minLength: 1,
    maxLength: charactersMax,
    pattern: '\\S',
    format: 'password',
    examples: [story.olivia.password],
  });

/** The refusal of a password that is the person's own address; null where it is not. */
export function refusalOfPassword(password: string, email: string): ProblemError | null {
  if (emailKey(password) !== emailKey(email)) return null;
  return invalidRequest([{ path: 'password', message: 'must not be the e-mail address' }]);
}

/** The form in which a password is hashed: the same however a keyboard composes its letters. */
export function passwordKey(password: string): string {
  return password.normalize('NFKC');
}

function faultOf(password: string): string | null {
  if (password.includes('\0') || loneSurrogate.test(password)) return 'must be well-formed Unicode without U+0000';
  if (password.trim() === '') return 'must not be blanks only';
  const { length } = [...password];
  if (length < charactersMin) return `must have at least ${charactersMin} characters`;
  return length > charactersMax ? `must have at most ${charactersMax} characters` : null;
}
