/** One device, setting, license or ticket in its statechart, over HTTP: live, in the past, and as it would be. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { idOfStolenDevice } from '../http/id.schemas.js';
import { noQuery } from '../http/schema.js';
import { type DryRun, dryRunSchema, type DryRunWish, dryRunWishSchema } from './dry-run.schemas.js';
import { DryRunService } from './dry-run.service.js';
import { type Inspection, inspectionQuery, inspectionSchema } from './inspection.schemas.js';
import { InspectionService } from './inspection.service.js';
import { keptMachineCalled } from './machine.called.js';
import { keptMachineName } from './machine.schemas.js';

const idOfSubject = idOfStolenDevice.meta({
  description: 'The device or ticket; for a license and for its setting, the license',
});

@ApiTags('machines')
@Controller('v1/machines')
export class SubjectController {
  constructor(
    @Inject(InspectionService) private readonly inspections: InspectionService,
    @Inject(DryRunService) private readonly dryRuns: DryRunService,
  ) {}

  @Get(':id/subjects/:subjectId')
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({
    operationId: 'inspect',
    summary: 'One device, setting, license or ticket in its statechart: what can happen now, or what held at a moment',
  })
  @ApiResponse({
    status: 200,
    description: 'Its state, and what each event would do',
    standardSchema: inspectionSchema,
  })
  inspect(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: keptMachineName }) id: string,
    @Param('subjectId', { schema: idOfSubject }) subjectId: string,
    @Query({ schema: inspectionQuery }) { sequence }: z.output<typeof inspectionQuery>,
  ): Promise<Inspection> {
    return this.inspections.inspect(asker, { machine: keptMachineCalled(id).id, id: subjectId }, sequence);
  }

  @Post(':id/subjects/:subjectId/dry-run')
  @HttpCode(200)
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({
    operationId: 'dryRun',
    summary: 'What a command would do to it now, decided on the real rows, whoever may give it; nothing is stored',
  })
  @ApiResponse({ status: 200, description: 'What it would do, or why not', standardSchema: dryRunSchema })
  dryRun(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: keptMachineName }) id: string,
    @Param('subjectId', { schema: idOfSubject }) subjectId: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: dryRunWishSchema }) wish: DryRunWish,
    @Req() request: FastifyRequest,
  ): Promise<DryRun> {
    return this.dryRuns.run(asker, { machine: keptMachineCalled(id).id, id: subjectId }, wish, request.id);
  }
}
