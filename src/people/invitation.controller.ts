/** The links of invitations over HTTP. */
import { Body, Controller, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Public } from '../auth/access.decorators.js';
import { CrossSiteGuard } from '../auth/cross-site.guard.js';
import { SessionCookies } from '../auth/session.cookies.js';
import { noQuery } from '../http/schema.js';
import { browserOf } from './browser.js';
import { InvitationService } from './invitation.service.js';
import {
  type InvitationAcceptance,
  invitationAcceptanceSchema,
  invitationSecretSchema,
  type Invited,
  invitedSchema,
  sessionSchema,
  type SessionView,
} from './session.schemas.js';

@ApiTags('people')
@Controller('v1/invitations')
export class InvitationController {
  constructor(
    @Inject(InvitationService) private readonly invitations: InvitationService,
    @Inject(SessionCookies) private readonly cookies: SessionCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  @UseGuards(CrossSiteGuard)
  @ApiOperation({
    operationId: 'acceptInvitation',
    summary: 'Choose a password with the secret of an invitation, and be signed in; it is used up by that',
  })
  @ApiResponse({ status: 200, description: 'Who is signed in, with cookies', standardSchema: sessionSchema })
  async accept(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: invitationAcceptanceSchema }) acceptance: InvitationAcceptance,
  ): Promise<SessionView> {
    const { session, cookies } = await this.invitations.accept(browserOf(request, this.cookies), acceptance);
    void reply.header('set-cookie', cookies);
    return session;
  }

  @Post('look')
  @HttpCode(200)
  @Public()
  @UseGuards(CrossSiteGuard)
  @ApiOperation({ operationId: 'lookAtInvitation', summary: 'Whom an invitation is for; it stays as it is' })
  @ApiResponse({ status: 200, description: 'The person', standardSchema: invitedSchema })
  look(
    @Req() request: FastifyRequest,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: invitationSecretSchema }) { secret }: z.output<typeof invitationSecretSchema>,
  ): Promise<Invited> {
    return this.invitations.look(browserOf(request, this.cookies), secret);
  }
}
