/** The machines over HTTP. They are the rules and hold nobody's data, so everybody may read them. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { describedMachines } from '../../machines/index.js';
import { Public } from '../auth/access.decorators.js';
import { noQuery } from '../http/schema.js';
import { machineCalled } from './machine.called.js';
import { presentMachine } from './machine.presenter.js';
import { type Machine, type MachineList, machineListSchema, machineName, machineSchema } from './machine.schemas.js';

@ApiTags('machines')
@Controller('v1/machines')
export class MachineController {
  @Get()
  @Public()
  @ApiOperation({
    operationId: 'listMachines',
    summary: 'The statecharts by which devices, settings, licenses, tickets and client software live',
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
}
