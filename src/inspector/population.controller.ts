/** How many live in each state of a machine, over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { noQuery } from '../http/schema.js';
import { keptMachineCalled } from './machine.called.js';
import { keptMachineName } from './machine.schemas.js';
import { type Population, populationSchema } from './population.schemas.js';
import { Populations } from './populations.js';

@ApiTags('machines')
@Controller('v1/machines')
export class PopulationController {
  constructor(@Inject(Populations) private readonly populations: Populations) {}

  @Get(':id/population')
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'readPopulation', summary: 'How many are in each state, of those that the asker sees' })
  @ApiResponse({ status: 200, description: 'The numbers', standardSchema: populationSchema })
  find(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: keptMachineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<Population> {
    return this.populations.of(asker, keptMachineCalled(id).id);
  }
}
