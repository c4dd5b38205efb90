/** The machines over HTTP. They are the rules and hold nobody's data, so everybody may read them. */
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type DescribedMachine, describedMachines } from '../../machines/index.js';
import { Public } from '../auth/access.decorators.js';
import { noQuery } from '../http/schema.js';
import { ProblemError } from '../problems/problem.js';
import { Charts } from './charts.js';
import { presentMachine } from './machine.presenter.js';
import { type Machine, type MachineList, machineListSchema, machineName, machineSchema } from './machine.schemas.js';

@ApiTags('machines')
@Controller('v1/machines')
export class MachineController {
  constructor(@Inject(Charts) private readonly charts: Charts) {}

  @Get()
  @Public()
  @ApiOperation({
    operationId: 'listMachines',
    summary: 'The statecharts by which devices, settings, licenses and tickets live',
  })
  @ApiResponse({ status: 200, description: 'All of them', standardSchema: machineListSchema })
  list(@Query({ schema: noQuery }) _query: z.output<typeof noQuery>): MachineList {
    return { items: describedMachines.map(presentMachine), nextCursor: null };
  }

  @Get(':id')
  @Public()
  @ApiOperation({ operationId: 'readMachine', summary: 'One statechart: its states, events, guards and transitions' })
  @ApiResponse({ status: 200, description: 'The statechart', standardSchema: machineSchema })
  find(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Machine {
    return presentMachine(machineCalled(id));
  }

  @Get(':id.svg')
  @Public()
  @Header('content-type', 'image/svg+xml; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  // It brings its own style, and nothing else that could be loaded or run.
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @ApiOperation({ operationId: 'drawMachine', summary: 'One statechart as a picture' })
  @ApiProduces('image/svg+xml')
  @ApiResponse({ status: 200, description: 'The picture', schema: { type: 'string' } })
  draw(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<string> {
    return this.charts.svg(machineCalled(id).id);
  }
}

/** The machine of that name. Throws `notFound`. */
function machineCalled(id: string): DescribedMachine {
  const found = describedMachines.find((machine) => machine.id === id);
  if (found === undefined) throw new ProblemError('notFound', 'There is no such machine.');
  return found;
}
