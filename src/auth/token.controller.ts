/** Access tokens over HTTP. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Page } from '../http/cursor.js';
import { idOfToken } from '../http/id.schemas.js';
import { noQuery, pageQuery } from '../http/schema.js';
import { Allow } from './access.decorators.js';
import { Asker } from './asker.decorator.js';
import { ApiIdempotencyKey, Creating } from './creating-request.decorator.js';
import { GivenRoleGuard } from './given-role.guard.js';
import type { CreatingRequest } from './idempotency.js';
import type { TokenPrincipal } from './principal.js';
import {
  type AccessToken,
  accessTokenListSchema,
  type IssuedAccessToken,
  issuedAccessTokenSchema,
  type NewAccessToken,
  newAccessTokenSchema,
} from './token.schemas.js';
import { TokenService } from './token.service.js';

@ApiTags('tokens')
@Controller('v1/tokens')
export class TokenController {
  constructor(@Inject(TokenService) private readonly tokens: TokenService) {}

  @Post()
  @Allow('operator', 'owner', 'manager')
  @UseGuards(GivenRoleGuard)
  @ApiOperation({ operationId: 'issueToken', summary: 'Issue an access token; nobody gives a role above their own' })
  @ApiIdempotencyKey()
  @ApiResponse({ status: 201, description: 'The token, shown once', standardSchema: issuedAccessTokenSchema })
  issue(
    @Asker() asker: TokenPrincipal,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Creating() request: CreatingRequest,
    @Body({ schema: newAccessTokenSchema }) wish: NewAccessToken,
  ): Promise<IssuedAccessToken> {
    return this.tokens.issue(asker, request, wish);
  }

  @Get()
  @Allow('operator', 'owner', 'manager')
  @ApiOperation({
    operationId: 'listTokens',
    summary: 'Access tokens in the order in which they were made: everybody’s for an operator, else the organization’s',
  })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: accessTokenListSchema })
  list(
    @Asker() asker: TokenPrincipal,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ): Promise<Page<AccessToken>> {
    return this.tokens.list(asker, query.limit, query.cursor);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('operator', 'owner', 'manager')
  @ApiOperation({ operationId: 'endToken', summary: 'End an access token at once' })
  @ApiResponse({ status: 204, description: 'It has ended' })
  end(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfToken }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<void> {
    return this.tokens.end(asker, id);
  }
}
