/** The remote deactivation setting of a license over HTTP. */
import { Body, Controller, HttpCode, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { idOfLicense } from '../http/id.schemas.js';
import { dryRunQuery } from '../http/schema.js';
import {
  enablingExample,
  forcedSettingSchema,
  type RemoteDeactivationAnswer,
  remoteDeactivationAnswerSchema,
  settingBodySchema,
} from './remote-deactivation.schemas.js';
import { RemoteDeactivationService } from './remote-deactivation.service.js';

type DryRun = z.output<typeof dryRunQuery>;

@ApiTags('remote deactivation')
@Controller('v1/licenses/:id/remote-deactivation')
export class RemoteDeactivationController {
  constructor(@Inject(RemoteDeactivationService) private readonly settings: RemoteDeactivationService) {}

  @Put()
  @Allow('manager', 'owner', 'operator')
  @ApiOperation({
    operationId: 'setRemoteDeactivation',
    summary: 'Turn remote deactivation on or off; it waits for the devices that are active now',
  })
  @ApiResponse({ status: 200, description: 'It is so', standardSchema: remoteDeactivationAnswerSchema })
  @ApiResponse({
    status: 202,
    description: 'It waits for blocking devices',
    example: enablingExample,
    standardSchema: remoteDeactivationAnswerSchema,
  })
  async set(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: dryRunQuery }) { dryRun }: DryRun,
    @Body({ schema: settingBodySchema }) { enabled }: z.output<typeof settingBodySchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RemoteDeactivationAnswer> {
    const answer = await this.settings.set(asker, id, enabled, { requestId: request.id, dryRun });
    void reply.status(answer.state === 'enabling' ? 202 : 200);
    return answer;
  }

  @Post('forced')
  @HttpCode(200)
  @Allow('support', 'operator')
  @ApiOperation({
    operationId: 'forceRemoteDeactivation',
    summary: 'Turn remote deactivation on, on a support ticket, without waiting for blocking devices',
  })
  @ApiResponse({ status: 200, description: 'It is on', standardSchema: remoteDeactivationAnswerSchema })
  force(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: dryRunQuery }) { dryRun }: DryRun,
    @Body({ schema: forcedSettingSchema }) { ticketId }: z.output<typeof forcedSettingSchema>,
    @Req() request: FastifyRequest,
  ): Promise<RemoteDeactivationAnswer> {
    return this.settings.force(asker, id, ticketId, { requestId: request.id, dryRun });
  }
}
