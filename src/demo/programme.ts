/** What the demonstration tells the person in front of it: where it is, and as whom to sign in. */
import { customers, password, type Person, vendor } from './cast.js';

/** The lines for the terminal. @param url the server's address */
export function programme(url: string): string[] {
  const everybody = [vendor, ...customers].flatMap(({ name, people }) => people.map((person) => ({ name, ...person })));
  const width = (of: (person: Person & { name: string }) => string): number =>
    Math.max(...everybody.map((person) => of(person).length));
  const [emails, roles] = [width(({ email }) => email), width(({ role }) => role)];
  return [
    `The demonstration is ready: ${url}`,
    '',
    `Sign in at ${url}/sign-in, each with the password: ${password}`,
    ...everybody.map(({ email, role, name }) => `  ${email.padEnd(emails)}  ${role.padEnd(roles)}  ${name}`),
    '',
    'Its clock stands still until an operator moves it (POST /v1/test-clock). Ctrl-C ends it; the next run starts afresh.',
  ];
}
