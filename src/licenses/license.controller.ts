/** Licenses over HTTP: what the panel reads, and what the vendor does. */
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import { ApiIdempotencyKey, Creating } from '../auth/creating-request.decorator.js';
import type { CreatingRequest } from '../auth/idempotency.js';
import type { TokenPrincipal } from '../auth/principal.js';
import {
  deviceListSchema,
  type DeviceRepresentation,
  deviceSchema,
  devicesQuery,
  registrationSchema,
  registeredExample,
} from '../devices/device.schemas.js';
import { DeviceService } from '../devices/device.service.js';
import type { Page } from '../http/cursor.js';
import { idOfLicense } from '../http/id.schemas.js';
import { ifMatch, noBody, noQuery, pageQuery } from '../http/schema.js';
import { parseHeader } from '../http/schema.pipe.js';
import {
  laterExamples,
  type IssuedLicense,
  issuedLicenseSchema,
  type LicenseChange,
  licenseChangeSchema,
  licenseListSchema,
  type LicenseRepresentation,
  licenseSchema,
  type LicensesQuery,
  licensesQuery,
  type NewLicense,
  newLicenseSchema,
  renewalSchema,
  type Seat,
  seatListSchema,
} from './license.schemas.js';
import { LicenseService } from './license.service.js';

type NoQuery = z.output<typeof noQuery>;
type NoBody = z.output<typeof noBody>;
type PageQuery = z.output<typeof pageQuery>;

@ApiTags('licenses')
@Controller('v1/licenses')
export class LicenseController {
  constructor(
    @Inject(LicenseService) private readonly licenses: LicenseService,
    @Inject(DeviceService) private readonly deviceService: DeviceService,
  ) {}

  @Post()
  @Allow('operator')
  @ApiOperation({ operationId: 'issueLicense', summary: 'Issue a license; its key is shown once' })
  @ApiIdempotencyKey()
  @ApiResponse({ status: 201, description: 'The license and its key', standardSchema: issuedLicenseSchema })
  issue(
    @Asker() asker: TokenPrincipal,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Creating() creating: CreatingRequest,
    @Body({ schema: newLicenseSchema }) wish: NewLicense,
    @Req() request: FastifyRequest,
  ): Promise<IssuedLicense> {
    return this.licenses.issue(asker, creating, wish, request.id);
  }

  @Get()
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'listLicenses', summary: 'Licenses in the order in which they were issued' })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: licenseListSchema })
  list(
    @Asker() asker: TokenPrincipal,
    @Query({ schema: licensesQuery }) query: LicensesQuery,
  ): Promise<Page<LicenseRepresentation>> {
    return this.licenses.list(asker, query);
  }

  @Get(':id')
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'readLicense', summary: 'One license, settled' })
  @ApiResponse({ status: 200, description: 'The license, its version as ETag', standardSchema: licenseSchema })
  async find(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenseRepresentation> {
    return tagged(reply, await this.licenses.find(asker, id));
  }

  @Get(':id/seats')
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'listSeats', summary: 'Seats by number, each with the device that occupies it' })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: seatListSchema })
  seats(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: pageQuery }) { limit, cursor }: PageQuery,
  ): Promise<Page<Seat>> {
    return this.licenses.seats(asker, id, limit, cursor);
  }

  @Get(':id/devices')
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'listDevices', summary: 'Devices, last seen first; `state` may repeat' })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: deviceListSchema })
  devices(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: devicesQuery }) { state = [], limit, cursor }: z.output<typeof devicesQuery>,
  ): Promise<Page<DeviceRepresentation>> {
    return this.licenses.devices(asker, id, state, limit, cursor);
  }

  @Post(':id/devices')
  @Allow('editor', 'manager', 'owner', 'operator')
  @ApiOperation({ operationId: 'registerDevice', summary: 'Register a device before it activates' })
  @ApiResponse({
    status: 201,
    description: 'A device that was not known',
    standardSchema: deviceSchema,
    example: registeredExample,
  })
  @ApiResponse({
    status: 200,
    description: 'A known device, unchanged',
    standardSchema: deviceSchema,
    example: registeredExample,
  })
  async register(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: registrationSchema }) { fingerprint, name }: z.output<typeof registrationSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeviceRepresentation> {
    const { isNew, device } = await this.deviceService.register(asker, id, fingerprint, name ?? null, request.id);
    void reply.status(isNew ? 201 : 200);
    return device;
  }

  @Patch(':id')
  @Allow('operator')
  @ApiOperation({ operationId: 'changeLicense', summary: 'Change seats, check-in period or Support & Upgrade' })
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag that was seen, or *',
    schema: { type: 'string', example: '"1"' },
  })
  @ApiResponse({
    status: 200,
    description: 'The license',
    standardSchema: licenseSchema,
    example: laterExamples.changed,
  })
  async change(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: licenseChangeSchema }) change: LicenseChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenseRepresentation> {
    const seen = parseHeader(ifMatch, 'If-Match', request.headers['if-match']) ?? null;
    return tagged(reply, await this.licenses.change(asker, id, seen, change, request.id));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({ operationId: 'suspendLicense', summary: 'Stop a license for a time' })
  @ApiResponse({
    status: 200,
    description: 'The license',
    standardSchema: licenseSchema,
    example: laterExamples.suspended,
  })
  async suspend(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: noBody }) _body: NoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenseRepresentation> {
    return tagged(reply, await this.licenses.move(asker, id, 'suspend', request.id));
  }

  @Post(':id/reinstate')
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({ operationId: 'reinstateLicense', summary: 'Let a suspended license work again' })
  @ApiResponse({
    status: 200,
    description: 'The license',
    standardSchema: licenseSchema,
    example: laterExamples.reinstated,
  })
  async reinstate(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: noBody }) _body: NoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenseRepresentation> {
    return tagged(reply, await this.licenses.move(asker, id, 'reinstate', request.id));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({ operationId: 'revokeLicense', summary: 'End a license for good' })
  @ApiResponse({
    status: 200,
    description: 'The license',
    standardSchema: licenseSchema,
    example: laterExamples.revoked,
  })
  async revoke(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: noBody }) _body: NoBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenseRepresentation> {
    return tagged(reply, await this.licenses.move(asker, id, 'revoke', request.id));
  }

  @Post(':id/renew')
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({ operationId: 'renewLicense', summary: 'Give a license a new validity' })
  @ApiResponse({
    status: 200,
    description: 'The license',
    standardSchema: licenseSchema,
    example: laterExamples.renewed,
  })
  async renew(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: renewalSchema }) { validUntil }: z.output<typeof renewalSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenseRepresentation> {
    return tagged(reply, await this.licenses.renew(asker, id, validUntil, request.id));
  }

  @Post(':id/key')
  @Allow('manager', 'owner', 'operator')
  @ApiOperation({
    operationId: 'replaceLicenseKey',
    summary: 'Replace the license key: the old one is unknown from now on, active devices go on',
  })
  @ApiResponse({
    status: 201,
    description: 'The license and its new key',
    standardSchema: issuedLicenseSchema,
    example: laterExamples.replaced,
  })
  replaceKey(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: NoQuery,
    @Body({ schema: noBody }) _body: NoBody,
    @Req() request: FastifyRequest,
  ): Promise<IssuedLicense> {
    return this.licenses.replaceKey(asker, id, request.id);
  }
}

/** Answers with the version as entity tag (RFC 9110). */
function tagged(reply: FastifyReply, license: LicenseRepresentation): LicenseRepresentation {
  void reply.header('etag', `"${license.version}"`);
  return license;
}
