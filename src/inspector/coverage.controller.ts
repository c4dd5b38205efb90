/** What the tests have taken of a machine, over HTTP. Like the machine itself it is open to everybody. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Public } from '../auth/access.decorators.js';
import { noQuery } from '../http/schema.js';
import { type MachineCoverage, machineCoverageSchema } from './coverage.schemas.js';
import { Coverages } from './coverages.js';
import { machineCalled } from './machine.called.js';
import { machineName } from './machine.schemas.js';

@ApiTags('machines')
@Controller('v1/machines')
export class CoverageController {
  constructor(@Inject(Coverages) private readonly coverages: Coverages) {}

  @Get(':id/coverage')
  @Public()
  @ApiOperation({
    operationId: 'readCoverage',
    summary: 'How often the last run of the model-based tests has taken each transition',
  })
  @ApiResponse({ status: 200, description: 'The numbers', standardSchema: machineCoverageSchema })
  find(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): MachineCoverage {
    return this.coverages.of(machineCalled(id));
  }
}
