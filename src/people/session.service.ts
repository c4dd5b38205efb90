/** What people do about the sessions that they have: look at them, end them, change the password. */
import { Inject, Injectable } from '@nestjs/common';
import { hashSecret } from '../auth/secret.js';
import { type BrowserSession, deleteSession, deleteSessionsOf, type SessionOwner } from '../auth/session.queries.js';
import { deleteLinksOf } from '../auth/sign-in-link.js';
import { Clock } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Database } from '../persistence/database.js';
import { invalidRequest, ProblemError } from '../problems/problem.js';
import { LockOut } from './lock-out.js';
import { findMemberSecret, replacePassword } from './member.queries.js';
import { refusalOfPassword } from './password.policy.js';
import { Passwords } from './passwords.js';
import { SessionPresenter } from './session.presenter.js';
import type { PasswordChange, SessionView } from './session.schemas.js';

@Injectable()
export class SessionService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LockOut) private readonly lockOut: LockOut,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(SessionPresenter) private readonly presenter: SessionPresenter,
  ) {}

  /** The session as it is shown. */
  async show(present: BrowserSession): Promise<SessionView> {
    return this.presenter.present(present, await this.database.read((session) => this.clock.nowIn(session)));
  }

  /** Ends the session of a secret, where there is one. */
  async end(secret: string): Promise<void> {
    await this.coordinator.record((session) => deleteSession(session, hashSecret(secret)));
  }

  /** Ends all sessions of a member, or of an access token. */
  async endAll(owner: SessionOwner): Promise<void> {
    await this.coordinator.record((session) => deleteSessionsOf(session, owner));
  }

  /**
   * Gives a member another password and ends their other sessions, and links with which somebody could come past it.
   *
   * @throws `forbidden` for who has signed in with an access token, `tooManyRequests`, `invalidRequest`, `overloaded`
   */
  async changePassword({ owner, hash }: BrowserSession, { currentPassword, password }: PasswordChange): Promise<void> {
    if (!('memberId' in owner)) throw withoutPassword();
    const member = await this.database.read((session) => findMemberSecret(session, owner.memberId));
    const before = member?.passwordHash ?? null;
    if (member === null || before === null) throw wrongPassword();
    const refusal = refusalOfPassword(password, member.email);
    if (refusal !== null) throw refusal;
    this.passwords.requireRoom();
    // Whoever has found a browser open is no better at guessing than others.
    const who = `password of ${member.id}`;
    await this.lockOut.take(who);
    if (!(await this.passwords.isRight(currentPassword, before))) throw wrongPassword();
    const passwordHash = await this.passwords.hash(password);
    await this.coordinator.record(async (session) => {
      if (!(await replacePassword(session, member.id, before, passwordHash))) throw wrongPassword();
      await deleteSessionsOf(session, owner, hash);
      await deleteLinksOf(session, owner);
    });
    await this.lockOut.forgive(who);
  }
}

/** The refusal of who has no password to change. */
export function withoutPassword(): ProblemError {
  return new ProblemError('forbidden', 'You are signed in with an access token, which has no password.');
}

function wrongPassword(): ProblemError {
  return invalidRequest([{ path: 'currentPassword', message: 'is not the present password' }]);
}
