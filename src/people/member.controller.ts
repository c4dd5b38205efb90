/** The people of an organization over HTTP. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { TokenPrincipal } from '../auth/principal.js';
import type { Page } from '../http/cursor.js';
import { idOfMember, idOfOrganization } from '../http/id.schemas.js';
import { noBody, noQuery, pageQuery } from '../http/schema.js';
import { ManagedRoleGuard } from './managed-role.guard.js';
import {
  type Invitation,
  invitationSchema,
  type Member,
  managerExample,
  memberListSchema,
  memberSchema,
  type MemberWish,
  memberWishSchema,
  type NewMember,
  newMemberSchema,
  roleChangeSchema,
} from './member.schemas.js';
import { MemberService } from './member.service.js';

@ApiTags('people')
@Controller('v1/organizations/:id/members')
export class MemberController {
  constructor(@Inject(MemberService) private readonly members: MemberService) {}

  @Post()
  @Allow('operator', 'owner', 'manager')
  @UseGuards(ManagedRoleGuard)
  @ApiOperation({
    operationId: 'addMember',
    summary: 'Add a person to an organization; a manager adds editors and readers, nobody a role above their own',
  })
  @ApiResponse({
    status: 201,
    description: 'The person; without a password also a link to send them, shown this once',
    standardSchema: newMemberSchema,
  })
  create(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfOrganization }) organizationId: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: memberWishSchema }) wish: MemberWish,
  ): Promise<NewMember> {
    return this.members.create(asker, organizationId, wish);
  }

  @Get()
  @Allow('operator', 'support', 'owner', 'manager')
  @ApiOperation({
    operationId: 'listMembers',
    summary: 'The people of an organization in the order in which they came',
  })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: memberListSchema })
  list(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfOrganization }) organizationId: string,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ): Promise<Page<Member>> {
    return this.members.list(asker, organizationId, query.limit, query.cursor);
  }

  @Patch(':memberId')
  @Allow('operator', 'owner', 'manager')
  @UseGuards(ManagedRoleGuard)
  @ApiOperation({ operationId: 'changeMember', summary: 'Give a person another role' })
  @ApiResponse({ status: 200, description: 'The person', standardSchema: memberSchema, example: managerExample })
  change(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfOrganization }) organizationId: string,
    @Param('memberId', { schema: idOfMember }) memberId: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: roleChangeSchema }) { role }: z.output<typeof roleChangeSchema>,
  ): Promise<Member> {
    return this.members.change(asker, organizationId, memberId, role);
  }

  @Delete(':memberId')
  @HttpCode(204)
  @Allow('operator', 'owner', 'manager')
  @ApiOperation({ operationId: 'removeMember', summary: 'Remove a person, who is signed out at once' })
  @ApiResponse({ status: 204, description: 'They are gone' })
  remove(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfOrganization }) organizationId: string,
    @Param('memberId', { schema: idOfMember }) memberId: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<void> {
    return this.members.remove(asker, organizationId, memberId);
  }

  @Post(':memberId/invitation')
  @Allow('operator', 'owner', 'manager')
  @ApiOperation({
    operationId: 'inviteMember',
    summary:
      'Make a new link with which a person chooses a password, also for one who forgot theirs; earlier links end',
  })
  @ApiResponse({ status: 201, description: 'The link, shown this once', standardSchema: invitationSchema })
  invite(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfOrganization }) organizationId: string,
    @Param('memberId', { schema: idOfMember }) memberId: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: noBody }) _body: z.output<typeof noBody>,
  ): Promise<Invitation> {
    return this.members.invite(asker, organizationId, memberId);
  }
}
