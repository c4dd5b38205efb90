/** Streams over HTTP: who may open one, and the answer that stays open. What is sent is the hub's to know. */
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { DevicePrincipal, TokenPrincipal } from '../auth/principal.js';
import { idOfDevice, idOfLicense, pathId } from '../http/id.schemas.js';
import { eventStreamType } from './event.block.js';
import { eventStreamSchema } from './stream.schemas.js';
import { StreamService } from './stream.service.js';

const lastEventIdHeader = {
  name: 'Last-Event-ID',
  required: false,
  description: 'The id of the last event that was heard: what came after it is sent first',
  schema: { type: 'string', pattern: '^\\d{0,15}$', example: '7' },
} as const;

@ApiTags('streams')
@Controller('v1')
export class StreamController {
  constructor(@Inject(StreamService) private readonly streams: StreamService) {}

  @Get('devices/:id/stream')
  @Allow('device', 'reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'streamDevice', summary: 'Hear what becomes of a device, as Server-Sent Events' })
  @ApiParam(pathId(idOfDevice))
  @ApiHeader(lastEventIdHeader)
  @ApiProduces(eventStreamType)
  @ApiResponse({ status: 200, description: 'Events, until one of both ends it', standardSchema: eventStreamSchema })
  ofDevice(
    @Asker() asker: TokenPrincipal | DevicePrincipal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.streams.ofDevice(asker, request, reply);
  }

  @Get('licenses/:id/stream')
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'streamLicense', summary: 'Hear what becomes of a license and its devices' })
  @ApiParam(pathId(idOfLicense))
  @ApiHeader(lastEventIdHeader)
  @ApiProduces(eventStreamType)
  @ApiResponse({ status: 200, description: 'Events, until one of both ends it', standardSchema: eventStreamSchema })
  ofLicense(@Asker() asker: TokenPrincipal, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.streams.ofLicense(asker, request, reply);
  }
}
