/** Begins a session within a transaction: the row, the browser that is known from now on, and the cookies for both. */
import { Inject, Injectable } from '@nestjs/common';
import { hashSecret, newSecret, secretPrefixes } from '../auth/secret.js';
import { SessionCookies } from '../auth/session.cookies.js';
import {
  deleteSession,
  findSession,
  insertSession,
  removeEndedSessions,
  type SessionOwner,
  type SignedInWith,
} from '../auth/session.queries.js';
import { systemNow } from '../clock/clock.js';
import type { Session } from '../persistence/session.js';
import type { Browser } from './browser.js';
import { knowBrowser } from './known-browser.queries.js';
import { SessionPresenter } from './session.presenter.js';
import type { SessionView } from './session.schemas.js';

/** What signing in answers with; the headers are of the name `Set-Cookie`. */
export interface SignedIn {
  readonly session: SessionView;
  readonly cookies: readonly string[];
}

@Injectable()
export class SessionStart {
  constructor(
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
    @Inject(SessionPresenter) private readonly presenter: SessionPresenter,
  ) {}

  /**
   * Begins a session in a browser; the one that it had ends, so that nothing of who was signed in before remains.
   *
   * @param now the server's time, the test clock's where there is one
   */
  async begin(
    session: Session,
    browser: Browser,
    owner: SessionOwner,
    signedInWith: SignedInWith,
    now: number,
  ): Promise<SignedIn> {
    const systemTime = systemNow();
    await removeEndedSessions(session, systemTime);
    if (browser.session !== null) await deleteSession(session, hashSecret(browser.session));
    const secret = newSecret(secretPrefixes.session);
    await insertSession(session, hashSecret(secret), owner, signedInWith, systemTime);
    const headers = [this.cookies.keepSession(secret)];
    if ('memberId' in owner) {
      const known = newSecret(secretPrefixes.knownBrowser);
      const before = browser.known === null ? '' : hashSecret(browser.known);
      await knowBrowser(session, before, hashSecret(known), owner.memberId, systemTime);
      headers.push(this.cookies.keepKnown(known));
    }
    const begun = await findSession(session, hashSecret(secret), systemTime);
    if (begun === null) throw new Error('a session has ended before it began');
    return { session: this.presenter.present(begun, now), cookies: headers };
  }
}
