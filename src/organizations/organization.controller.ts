/** Organizations over HTTP. */
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import { ApiIdempotencyKey, Creating } from '../auth/creating-request.decorator.js';
import type { CreatingRequest } from '../auth/idempotency.js';
import type { TokenPrincipal } from '../auth/principal.js';
import type { Page } from '../http/cursor.js';
import { idOfOrganization } from '../http/id.schemas.js';
import { noQuery } from '../http/schema.js';
import {
  type NewOrganization,
  newOrganizationSchema,
  type Organization,
  organizationListSchema,
  organizationSchema,
  type OrganizationsQuery,
  organizationsQuery,
} from './organization.schemas.js';
import { OrganizationService } from './organization.service.js';

@ApiTags('organizations')
@Controller('v1/organizations')
export class OrganizationController {
  constructor(@Inject(OrganizationService) private readonly organizations: OrganizationService) {}

  @Post()
  @Allow('operator')
  @ApiOperation({ operationId: 'createOrganization', summary: 'Make an organization' })
  @ApiIdempotencyKey()
  @ApiResponse({ status: 201, description: 'The organization', standardSchema: organizationSchema })
  create(
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Creating() request: CreatingRequest,
    @Body({ schema: newOrganizationSchema }) wish: NewOrganization,
  ): Promise<Organization> {
    return this.organizations.create(request, wish);
  }

  @Get()
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({
    operationId: 'listOrganizations',
    summary: 'Organizations in the order in which they were made; members see their own only',
  })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: organizationListSchema })
  list(
    @Asker() asker: TokenPrincipal,
    @Query({ schema: organizationsQuery }) query: OrganizationsQuery,
  ): Promise<Page<Organization>> {
    return this.organizations.list(asker, query);
  }

  @Get(':id')
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({ operationId: 'readOrganization', summary: 'One organization' })
  @ApiResponse({ status: 200, description: 'The organization', standardSchema: organizationSchema })
  find(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfOrganization }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<Organization> {
    return this.organizations.find(asker, id);
  }
}
