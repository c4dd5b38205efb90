/** Signing in and out over HTTP. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AllowSignedIn, Public } from '../auth/access.decorators.js';
import { AskingSession } from '../auth/asker.decorator.js';
import { CrossSiteGuard } from '../auth/cross-site.guard.js';
import { SessionCookies } from '../auth/session.cookies.js';
import type { BrowserSession } from '../auth/session.queries.js';
import { noQuery } from '../http/schema.js';
import { browserOf } from './browser.js';
import { OwnSessionGuard } from './own-session.guard.js';
import { PasswordOwnerGuard } from './password-owner.guard.js';
import {
  type PasswordChange,
  passwordChangeSchema,
  sessionSchema,
  type SessionView,
  type SignIn,
  signInSchema,
} from './session.schemas.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('signing in')
@Controller('v1')
export class SessionController {
  constructor(
    @Inject(SignInService) private readonly signIns: SignInService,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
  ) {}

  @Post('session')
  @HttpCode(200)
  @Public()
  @UseGuards(CrossSiteGuard)
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Sign in with e-mail and password, with an access token, or with the one-time link of an operator',
  })
  @ApiResponse({ status: 200, description: 'Who is signed in, with cookies', standardSchema: sessionSchema })
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: signInSchema }) proof: SignIn,
  ): Promise<SessionView> {
    const { session, cookies } = await this.signIns.signIn(browserOf(request, this.cookies), proof);
    void reply.header('set-cookie', cookies);
    return session;
  }

  @Get('session')
  @AllowSignedIn()
  @ApiOperation({ operationId: 'readSession', summary: 'Who is signed in in this browser' })
  @ApiResponse({ status: 200, description: 'Who it is', standardSchema: sessionSchema })
  read(
    @AskingSession() session: BrowserSession,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<SessionView> {
    return this.sessions.show(session);
  }

  @Delete('session')
  @HttpCode(204)
  @Public()
  @UseGuards(OwnSessionGuard)
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out, whether or not anybody is signed in' })
  @ApiResponse({ status: 204, description: 'Nobody is signed in in this browser any more' })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<void> {
    const secret = this.cookies.sessionIn(request.headers.cookie);
    if (secret !== null) await this.sessions.end(secret);
    void reply.header('set-cookie', this.cookies.forgetSession());
  }

  @Delete('sessions')
  @HttpCode(204)
  @AllowSignedIn()
  @ApiOperation({ operationId: 'signOutEverywhere', summary: 'Sign out in every browser, this one included' })
  @ApiResponse({ status: 204, description: 'All sessions have ended' })
  async signOutEverywhere(
    @AskingSession() session: BrowserSession,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<void> {
    await this.sessions.endAll(session.owner);
    void reply.header('set-cookie', this.cookies.forgetSession());
  }

  @Put('session/password')
  @HttpCode(204)
  @AllowSignedIn()
  @UseGuards(PasswordOwnerGuard)
  @ApiOperation({ operationId: 'changePassword', summary: 'Change the password; the other sessions end' })
  @ApiResponse({ status: 204, description: 'The new password counts' })
  changePassword(
    @AskingSession() session: BrowserSession,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: passwordChangeSchema }) change: PasswordChange,
  ): Promise<void> {
    return this.sessions.changePassword(session, change);
  }
}
