/** How passwords are kept: as OWASP has it, the same whatever the keyboard, and without telling who is known by the time it takes. */
import { parseOptions } from '@node-rs/argon2';
import { Passwords } from '../../src/people/passwords.js';
import { chosenPassword, refusalOfPassword } from '../../src/people/password.policy.js';

const passwords = new Passwords();

describe('the hash of a password', () => {
  it('is Argon2id with 19 MiB, two passes and one lane, and another one each time', async () => {
    const [one, other] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$/);
    expect(parseOptions(one ?? '')).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 });
    expect(one).not.toBe(other);
    expect((one ?? '').length).toBeLessThanOrEqual(200);
  });

  it('is of that password and of no other', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.isRight('correct horse', hash)).toBe(true);
    for (const wrong of ['correct horse ', 'Correct horse', '', hash]) {
      expect(await passwords.isRight(wrong, hash)).toBe(false);
    }
  });

  it('does not depend on how a keyboard composes letters', async () => {
    expect(await passwords.isRight('Zoe\u0308’s \ufb01eld horse', await passwords.hash('Zo\u00eb’s field horse'))).toBe(
      true,
    );
  });

  it('takes about as long where there is none, and then nothing is right', async () => {
    const hash = await passwords.hash('correct horse');
    const time = async (stored: string | null): Promise<number> => {
      const began = performance.now();
      expect(await passwords.isRight('another horse', stored)).toBe(false);
      return performance.now() - began;
    };
    const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      known.push(await time(hash));
      unknown.push(await time(null));
    }
    expect(median(unknown)).toBeGreaterThan(median(known) / 10);
    expect(median(unknown)).toBeLessThan(median(known) * 10);
  });
});

describe('a password that somebody chooses', () => {
  const fits = (password: string): boolean => chosenPassword.safeParse(password).success;

  it('has 12 to 200 characters, of whatever kind', () => {
    expect(['x'.repeat(12), 'x'.repeat(200), '😀'.repeat(200)].map(fits)).toEqual(Array(3).fill(true));
    expect(
      ['', 'x'.repeat(11), 'x'.repeat(201), '😀'.repeat(11), '\0'.repeat(12), '\ud800'.repeat(12), ' '.repeat(12)].map(
        fits,
      ),
    ).toEqual(Array(7).fill(false));
  });

  it('is not the e-mail address, however it is written', () => {
    for (const password of ['olivia@acme.test', ' Olivia@ACME.test']) {
      expect(refusalOfPassword(password, 'Olivia@acme.test')?.code).toBe('invalidRequest');
    }
    expect(refusalOfPassword('olivia@acme.test!', 'olivia@acme.test')).toBeNull();
  });
});
