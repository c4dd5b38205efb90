/** The history over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { TokenPrincipal } from '../auth/principal.js';
import type { Page } from '../http/cursor.js';
import { idOfLicense, idOfStolenDevice } from '../http/id.schemas.js';
import {
  type DeviceHistoryQuery,
  deviceHistoryQuery,
  type LicenseHistoryQuery,
  licenseHistoryQuery,
} from './history.query.js';
import { HistoryService } from './history.service.js';
import { type Occupancy, occupancyQuery, type OccupancyQuery, occupancySchema } from './occupancy.schemas.js';
import { OccupancyService } from './occupancy.service.js';
import { type Transition, transitionListSchema } from './transition.schemas.js';

@ApiTags('history')
@Controller('v1')
export class HistoryController {
  constructor(
    @Inject(HistoryService) private readonly history: HistoryService,
    @Inject(OccupancyService) private readonly occupancy: OccupancyService,
  ) {}

  @Get('licenses/:id/transitions')
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({
    operationId: 'listLicenseTransitions',
    summary:
      'The history of a license, newest first unless asked otherwise: its own, its setting’s, and all of its devices’ and tickets’',
  })
  @ApiResponse({ status: 200, description: 'A page of it', standardSchema: transitionListSchema })
  ofLicense(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: licenseHistoryQuery }) query: LicenseHistoryQuery,
  ): Promise<Page<Transition>> {
    return this.history.ofLicense(asker, id, query);
  }

  @Get('devices/:id/transitions')
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({
    operationId: 'listDeviceTransitions',
    summary: 'The history of a device, newest first unless asked otherwise',
  })
  @ApiResponse({ status: 200, description: 'A page of it', standardSchema: transitionListSchema })
  ofDevice(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfStolenDevice }) id: string,
    @Query({ schema: deviceHistoryQuery }) query: DeviceHistoryQuery,
  ): Promise<Page<Transition>> {
    return this.history.ofDevice(asker, id, query);
  }

  @Get('licenses/:id/occupancy')
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({
    operationId: 'readOccupancy',
    summary: 'How many seats of a license were occupied over time, and when activations were refused',
  })
  @ApiResponse({ status: 200, description: 'A plot of it', standardSchema: occupancySchema })
  occupancyOf(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: occupancyQuery }) query: OccupancyQuery,
  ): Promise<Occupancy> {
    return this.occupancy.ofLicense(asker, id, query);
  }
}
