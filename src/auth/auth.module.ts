/**
 * Who is asking and what they may do: the guard before every route, access tokens, and what is remembered of creating requests.
 * A module that explains device claims imports this one for `Credentials`; to be guarded, none has to.
 */
import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { systemNow } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { Database } from '../persistence/database.js';
import { AccessGuard } from './access.guard.js';
import { Credentials } from './credentials.js';
import { CrossSiteGuard } from './cross-site.guard.js';
import { FailedCredentials, windowMillis } from './failed-credentials.js';
import { SharedFailureTally } from './failure.tally.js';
import { RoleOperations } from './role.operations.js';
import { RouteDeclarations } from './route.declarations.js';
import { SessionCookies } from './session.cookies.js';
import { Sessions } from './sessions.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [TokenController],
  providers: [
    TokenService,
    RouteDeclarations,
    RoleOperations,
    Credentials,
    SessionCookies,
    Sessions,
    CrossSiteGuard,
    {
      provide: FailedCredentials,
      inject: [Configuration, Database],
      useFactory: ({ failedCredentialsPerMinute }: Configuration, database: Database) =>
        new FailedCredentials(
          failedCredentialsPerMinute,
          systemNow,
          database.hasRivals ? new SharedFailureTally(database, windowMillis) : null,
        ),
    },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Credentials, FailedCredentials, SessionCookies, Sessions, CrossSiteGuard, RoleOperations],
})
export class AuthModule {}
