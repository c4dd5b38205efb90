/** Devices over HTTP. */
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow, CheckedByBatch } from '../auth/access.decorators.js';
import { Asker, askerOf } from '../auth/asker.decorator.js';
import { Credentials } from '../auth/credentials.js';
import type { DeviceClaim, DevicePrincipal, LicenseKeyPrincipal, TokenPrincipal } from '../auth/principal.js';
import { idOfDevice, idOfStolenDevice, pathId } from '../http/id.schemas.js';
import { dryRunQuery, noBody, noQuery } from '../http/schema.js';
import { parse, parseBody } from '../http/schema.pipe.js';
import {
  type Activation,
  activationSchema,
  type CheckIn,
  checkInBodySchema,
  checkInSchema,
  type DeviceAnswer,
  deviceAnswerSchema,
  type DeviceRepresentation,
  deviceSchema,
  forcedExample,
  type ForcedDeactivation,
  forcedDeactivationSchema,
  logOutExample,
  type NewDevice,
  newDeviceSchema,
  remoteDeactivationBodySchema,
  type RemoteDeactivationWish,
  renamingSchema,
} from './device.schemas.js';
import { DeviceService } from './device.service.js';

type DryRun = z.output<typeof dryRunQuery>;

/** `dryRun` of the routes that parse their query themselves. */
const dryRunParameter = {
  name: 'dryRun',
  required: false,
  description: 'Answer as in earnest, and change nothing',
  schema: { type: 'boolean', default: false, example: true },
} as const;

type BodySchema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

@ApiTags('devices')
@Controller('v1/devices')
export class DeviceController {
  constructor(
    @Inject(DeviceService) private readonly devices: DeviceService,
    @Inject(Credentials) private readonly credentials: Credentials,
  ) {}

  @Post()
  @Allow('licenseKey')
  @ApiOperation({ operationId: 'activateDevice', summary: 'Activate a device on the lowest free seat' })
  @ApiResponse({ status: 201, description: 'A device that was not known', standardSchema: activationSchema })
  @ApiResponse({ status: 200, description: 'A known device', standardSchema: activationSchema })
  async activate(
    @Asker() asker: LicenseKeyPrincipal,
    @Query({ schema: dryRunQuery }) { dryRun }: DryRun,
    @Body({ schema: newDeviceSchema }) said: NewDevice,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Activation> {
    const { isNew, activation } = await this.devices.activate(asker, said, { requestId: request.id, dryRun });
    void reply.status(isNew ? 201 : 200);
    return activation;
  }

  @Post(':id/check-in')
  @HttpCode(200)
  @Allow('device')
  @CheckedByBatch()
  @ApiOperation({ operationId: 'checkIn', summary: 'The periodic connection of an active device' })
  @ApiParam(pathId(idOfDevice))
  @ApiQuery(dryRunParameter)
  @ApiBody({ schema: bodySchemaOf(checkInBodySchema), required: false })
  @ApiResponse({ status: 200, description: 'The device with its new dates', standardSchema: checkInSchema })
  checkIn(@Req() request: FastifyRequest): Promise<CheckIn> {
    return this.claimed(request, checkInBodySchema, ({ claim, id, dryRun, body }) =>
      this.devices.checkIn(request, claim, id, body.appVersion ?? null, dryRun),
    );
  }

  @Post(':id/log-out')
  @HttpCode(200)
  @Allow('device')
  @CheckedByBatch()
  @ApiOperation({ operationId: 'logOut', summary: 'The device gives its seat back' })
  @ApiParam(pathId(idOfDevice))
  @ApiQuery(dryRunParameter)
  @ApiResponse({ status: 200, description: 'The device', standardSchema: deviceAnswerSchema, example: logOutExample })
  logOut(@Req() request: FastifyRequest): Promise<DeviceAnswer> {
    return this.claimed(request, noBody, ({ claim, id, dryRun }) => this.devices.logOut(request, claim, id, dryRun));
  }

  @Get(':id')
  @Allow('device', 'reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'readDevice', summary: 'One device, settled' })
  @ApiResponse({ status: 200, description: 'The device', standardSchema: deviceSchema })
  read(
    @Asker() asker: TokenPrincipal | DevicePrincipal,
    @Param('id', { schema: idOfDevice }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<DeviceRepresentation> {
    return this.devices.read(asker, id);
  }

  @Patch(':id')
  @Allow('editor', 'manager', 'owner', 'operator')
  @ApiOperation({ operationId: 'renameDevice', summary: 'Give a device a name that stays' })
  @ApiResponse({ status: 200, description: 'The device', standardSchema: deviceSchema })
  rename(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfDevice }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: renamingSchema }) { name }: z.output<typeof renamingSchema>,
    @Req() request: FastifyRequest,
  ): Promise<DeviceRepresentation> {
    return this.devices.rename(asker, id, name, request.id);
  }

  @Post(':id/remote-deactivation')
  @HttpCode(200)
  @Allow('manager', 'owner', 'operator')
  @ApiOperation({
    operationId: 'deactivateDevice',
    summary: 'Free the seat of a device that cannot be reached any more, if the license’s option is on',
  })
  @ApiResponse({ status: 200, description: 'The device', standardSchema: deviceAnswerSchema })
  remotelyDeactivate(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfStolenDevice }) id: string,
    @Query({ schema: dryRunQuery }) { dryRun }: DryRun,
    @Body({ schema: remoteDeactivationBodySchema }) { reason }: RemoteDeactivationWish,
    @Req() request: FastifyRequest,
  ): Promise<DeviceAnswer> {
    return this.devices.remotelyDeactivate(asker, id, reason ?? null, { requestId: request.id, dryRun });
  }

  @Post(':id/forced-deactivation')
  @HttpCode(200)
  @Allow('support', 'operator')
  @ApiOperation({
    operationId: 'forceDeactivation',
    summary: 'Free the seat of a device on a support ticket, whatever the setting says',
  })
  @ApiResponse({ status: 200, description: 'The device', standardSchema: deviceAnswerSchema, example: forcedExample })
  forceDeactivate(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfDevice }) id: string,
    @Query({ schema: dryRunQuery }) { dryRun }: DryRun,
    @Body({ schema: forcedDeactivationSchema }) { ticketId, reason }: ForcedDeactivation,
    @Req() request: FastifyRequest,
  ): Promise<DeviceAnswer> {
    return this.devices.forceDeactivate(asker, id, ticketId, reason, { requestId: request.id, dryRun });
  }

  /**
   * Parses the request of a claimed device and goes on with it, without Nest's parameter pipes, which cost a tenth of Nest. What is wrong with it is only told to one whose claim is right,
   * since 401 comes before 400.
   */
  private claimed<Schema extends z.ZodType, Result>(
    request: FastifyRequest,
    bodySchema: Schema,
    goOn: (said: Claimed<Schema>) => Promise<Result>,
  ): Promise<Result> {
    const claim = askerOf(request) as DeviceClaim;
    let said: Claimed<Schema>;
    try {
      const id = parse(idOfDevice, (request.params as { id: string }).id, 'id');
      const { dryRun } = parse(dryRunQuery, request.query);
      said = { claim, id, dryRun, body: parseBody(bodySchema, request.body) };
    } catch (problem) {
      return this.credentials.explainClaim(request, claim, null).then(() => {
        throw problem;
      });
    }
    return goOn(said);
  }
}

/** What a device with a claim says. */
interface Claimed<Schema extends z.ZodType> {
  claim: DeviceClaim;
  id: string;
  dryRun: boolean;
  body: z.output<Schema>;
}

/** Describes a body that the handler parses itself, with its examples, which zod leaves out where a field is transformed. */
function bodySchemaOf(schema: z.ZodType): BodySchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (jsonSchema.$ref === undefined && Array.isArray(examples)) jsonSchema.examples = examples;
    },
  }) as BodySchema;
}
