/** E-mail addresses as people are known by: how they are compared, and what they look like. It sends none. */
import { z } from 'zod';
import * as story from '../http/example.story.js';

const charactersMax = 254;

/** What two addresses have in common that are the same person's: upper and lower case do not matter, nor how letters are composed. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** An e-mail address: one `@`, no blanks and nothing invisible; blanks around it are cut off. */
export const emailSchema = z
  .string()
  .trim()
  .check((context) => {
    if (
      [...context.value].length <= charactersMax &&
      /^[^\s@\p{Cc}\p{Cf}\p{Cs}]+@[^\s@\p{Cc}\p{Cf}\p{Cs}]+$/u.test(context.value)
    )
      return;
    const message = `must be an e-mail address of at most ${charactersMax} characters`;
    context.issues.push({ code: 'custom', message, input: context.value });
  })
  .meta({ maxLength: charactersMax, pattern: '^\\s*[^\\s@]+@[^\\s@]+\\s*$', examples: [story.olivia.email] });
