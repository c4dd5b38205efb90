/**
 * Signs people in: with e-mail and password, with an access token, or with the one-time link of an operator. A refusal never says
 * whether an address is anybody's, neither in words nor by the time it takes.
 */
import { Inject, Injectable } from '@nestjs/common';
import { findBearer } from '../auth/credential.queries.js';
import { FailedCredentials, unauthenticated } from '../auth/failed-credentials.js';
import { hashSecret } from '../auth/secret.js';
import { findLinkedToken, useLink } from '../auth/sign-in-link.js';
import { systemNow } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { Browser } from './browser.js';
import { emailKey } from './email.js';
import { isKnownBrowser } from './known-browser.queries.js';
import { LockOut } from './lock-out.js';
import { findMemberByEmail, noteSignIn } from './member.queries.js';
import { Passwords } from './passwords.js';
import type { SignIn } from './session.schemas.js';
import { SessionStart, type SignedIn } from './session.start.js';

const wrong = {
  password: 'The e-mail address or the password is wrong.',
  token: 'This access token is unknown or has ended.',
  link: 'This sign-in link is unknown, was used already or has ended. Whoever runs the server gets a new one with the command "seatkeeper sign-in-link".',
} as const;

@Injectable()
export class SignInService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(FailedCredentials) private readonly failures: FailedCredentials,
    @Inject(LockOut) private readonly lockOut: LockOut,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionStart) private readonly sessions: SessionStart,
  ) {}

  /** Signs a browser in. Throws `unauthenticated`, `tooManyRequests` or `overloaded`. */
  signIn(browser: Browser, proof: SignIn): Promise<SignedIn> {
    if ('token' in proof) return this.withToken(browser, proof.token);
    if ('link' in proof) return this.withLink(browser, proof.link);
    return this.withPassword(browser, emailKey(proof.email), proof.password);
  }

  private async withPassword(browser: Browser, email: string, password: string): Promise<SignedIn> {
    const { member, isKnown } = await this.database.read(async (session) => {
      const found = await findMemberByEmail(session, email);
      const isKnown =
        found !== null &&
        browser.known !== null &&
        (await isKnownBrowser(session, hashSecret(browser.known), found.id, systemNow()));
      return { member: found, isKnown };
    });
    // Whoever shares an address with somebody who guesses is still let in where they were before (OWASP's device cookies).
    const who = isKnown ? `${email} in ${hashSecret(browser.known ?? '')}` : `${email} at ${browser.address}`;
    this.passwords.requireRoom();
    await this.lockOut.take(who);
    const hash = member?.passwordHash ?? null;
    const isRight = await this.passwords.isRight(password, hash);
    if (member === null || hash === null || !isRight) {
      throw await this.failures.refusalFor(browser.address, wrong.password);
    }
    const signedIn = await this.coordinator.record(async (session, now) => {
      // It may have changed while it was looked at.
      if (!(await noteSignIn(session, member.id, hash, now))) throw unauthenticated(wrong.password);
      return this.sessions.begin(session, browser, { memberId: member.id }, 'password', now);
    });
    await this.lockOut.forgive(who);
    return signedIn;
  }

  private async withToken(browser: Browser, token: string): Promise<SignedIn> {
    const find = (session: Session): Promise<string | null> => findAccessToken(session, hashSecret(token));
    // Guesses are not worth a turn among those who write.
    const isKnown = (await this.database.read(find)) !== null;
    const begun = !isKnown
      ? null
      : await this.coordinator.record(async (session, now) => {
          const tokenId = await find(session);
          return tokenId === null ? null : this.sessions.begin(session, browser, { tokenId }, 'token', now);
        });
    if (begun === null) throw await this.failures.refusalFor(browser.address, wrong.token);
    return begun;
  }

  private async withLink(browser: Browser, secret: string): Promise<SignedIn> {
    const hash = hashSecret(secret);
    const find = (session: Session): Promise<string | null> => findLinkedToken(session, hash, systemNow());
    const isKnown = (await this.database.read(find)) !== null;
    const begun = !isKnown
      ? null
      : await this.coordinator.record(async (session, now) => {
          const tokenId = await find(session);
          if (tokenId === null || !(await useLink(session, hash))) return null;
          return this.sessions.begin(session, browser, { tokenId }, 'link', now);
        });
    if (begun === null) throw await this.failures.refusalFor(browser.address, wrong.link);
    return begun;
  }
}

async function findAccessToken(session: Session, hash: string): Promise<string | null> {
  const found = await findBearer(session, hash);
  return found === null || found.kind === 'device' || found.kind === 'licenseKey' ? null : found.id;
}
