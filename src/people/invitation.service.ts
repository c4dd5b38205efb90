/**
 * What somebody does with the link of an invitation: sees whom it is for, and chooses a password, which signs them in. The same way a
 * member who forgot the password gets in again.
 */
import { Inject, Injectable } from '@nestjs/common';
import { FailedCredentials, unauthenticated } from '../auth/failed-credentials.js';
import { hashSecret } from '../auth/secret.js';
import { deleteSessionsOf } from '../auth/session.queries.js';
import { deleteLinksOf, findInvited, useLink } from '../auth/sign-in-link.js';
import { systemNow } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { findOrganization } from '../organizations/organization.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { Browser } from './browser.js';
import { findMemberSecret, noteSignIn, updatePassword } from './member.queries.js';
import { refusalOfPassword } from './password.policy.js';
import { Passwords } from './passwords.js';
import type { InvitationAcceptance, Invited } from './session.schemas.js';
import { SessionStart, type SignedIn } from './session.start.js';

const wrong = 'This link is unknown, was used already or has ended. Ask whoever invited you for a new one.';

@Injectable()
export class InvitationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(FailedCredentials) private readonly failures: FailedCredentials,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionStart) private readonly sessions: SessionStart,
  ) {}

  /** Whom a link is for. Throws `unauthenticated` or `tooManyRequests`. */
  async look(browser: Browser, secret: string): Promise<Invited> {
    const invited = await this.database.read((session) => invitedBy(session, hashSecret(secret)));
    if (invited === null) throw await this.failures.refusalFor(browser.address, wrong);
    const { email, organization } = invited;
    return { email, organization };
  }

  /**
   * Gives the member the password, signs them in and ends all else that they were signed in with.
   *
   * @throws `unauthenticated`, `tooManyRequests`, `invalidRequest` where the password is the e-mail address, `overloaded`
   */
  async accept(browser: Browser, { secret, password }: InvitationAcceptance): Promise<SignedIn> {
    const hash = hashSecret(secret);
    const invited = await this.database.read((session) => invitedBy(session, hash));
    if (invited === null) throw await this.failures.refusalFor(browser.address, wrong);
    const refusal = refusalOfPassword(password, invited.email);
    if (refusal !== null) throw refusal;
    const passwordHash = await this.passwords.hash(password);
    const owner = { memberId: invited.id };
    return this.coordinator.record(async (session, now) => {
      const isGood = (await findInvited(session, hash, systemNow())) === invited.id && (await useLink(session, hash));
      if (!isGood || !(await updatePassword(session, invited.id, passwordHash))) throw unauthenticated(wrong);
      await deleteLinksOf(session, owner);
      await deleteSessionsOf(session, owner);
      await noteSignIn(session, invited.id, passwordHash, now);
      return this.sessions.begin(session, browser, owner, 'password', now);
    });
  }
}

async function invitedBy(session: Session, hash: string): Promise<(Invited & { id: string }) | null> {
  const id = await findInvited(session, hash, systemNow());
  const member = id === null ? null : await findMemberSecret(session, id);
  const organization = member === null ? null : await findOrganization(session, member.organizationId);
  return member === null || organization === null ? null : { id: member.id, email: member.email, organization };
}
