/** The people of organizations: who they are, how they are invited, and how they sign in and out. */
import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { SharedFailureTally } from '../auth/failure.tally.js';
import { systemNow } from '../clock/clock.js';
import { Database } from '../persistence/database.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationService } from './invitation.service.js';
import { LockOut, lockOutMillis } from './lock-out.js';
import { MemberController } from './member.controller.js';
import { MemberService } from './member.service.js';
import { Passwords } from './passwords.js';
import { SessionController } from './session.controller.js';
import { SessionPresenter } from './session.presenter.js';
import { SessionService } from './session.service.js';
import { SessionStart } from './session.start.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [AuthModule],
  controllers: [MemberController, InvitationController, SessionController],
  providers: [
    MemberService,
    InvitationService,
    SignInService,
    SessionService,
    SessionPresenter,
    SessionStart,
    Passwords,
    {
      provide: LockOut,
      inject: [Database],
      useFactory: (database: Database) =>
        new LockOut(systemNow, database.hasRivals ? new SharedFailureTally(database, lockOutMillis) : null),
    },
  ],
})
export class PeopleModule {}
