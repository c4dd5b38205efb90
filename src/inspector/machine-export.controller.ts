/** The machines in forms to take away. Like the rules themselves they are open to everybody. */
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Public } from '../auth/access.decorators.js';
import { noQuery } from '../http/schema.js';
import { Charts } from './charts.js';
import { machineCalled } from './machine.called.js';
import { configOf } from './machine.config.js';
import { exportedMachine, exportedText } from './machine.exports.js';
import { machineName } from './machine.schemas.js';
import { ourMachines } from './our.machines.js';

const cached = 'public, max-age=300';

/** The machine of devices in each form; the picture, which is drawn only when somebody looks at it, is shortened. */
const examples = {
  svg: '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img">…</svg>',
  scxml: exportedText('device', 'scxml'),
  mmd: exportedText('device', 'mmd'),
  json: configOf(ourMachines.device),
  md: exportedText('device', 'md'),
};

@ApiTags('machines')
@Controller('v1/machines')
export class MachineExportController {
  constructor(@Inject(Charts) private readonly charts: Charts) {}

  @Get(':id.svg')
  @Public()
  @Header('content-type', 'image/svg+xml; charset=utf-8')
  @Header('cache-control', cached)
  // It brings its own style, and nothing else that could be loaded or run.
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @ApiOperation({ operationId: 'drawMachine', summary: 'One statechart as a picture' })
  @ApiProduces('image/svg+xml')
  @ApiResponse({ status: 200, description: 'It', schema: { type: 'string', example: examples.svg } })
  svg(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<string> {
    return exportedMachine(machineCalled(id).id, 'svg', this.charts);
  }

  @Get(':id.scxml')
  @Public()
  @Header('content-type', 'application/scxml+xml; charset=utf-8')
  @Header('cache-control', cached)
  @ApiOperation({
    operationId: 'exportMachineAsScxml',
    summary: 'One statechart as SCXML, to be run by an interpreter',
  })
  @ApiProduces('application/scxml+xml')
  @ApiResponse({ status: 200, description: 'It', schema: { type: 'string', example: examples.scxml } })
  scxml(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<string> {
    return exportedMachine(machineCalled(id).id, 'scxml', this.charts);
  }

  @Get(':id.mmd')
  @Public()
  @Header('content-type', 'text/vnd.mermaid; charset=utf-8')
  @Header('cache-control', cached)
  @ApiOperation({ operationId: 'exportMachineAsMermaid', summary: 'One statechart as Mermaid source' })
  @ApiProduces('text/vnd.mermaid')
  @ApiResponse({ status: 200, description: 'It', schema: { type: 'string', example: examples.mmd } })
  mmd(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<string> {
    return exportedMachine(machineCalled(id).id, 'mmd', this.charts);
  }

  @Get(':id.json')
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', cached)
  @ApiOperation({ operationId: 'exportMachineAsJson', summary: 'One statechart as the configuration of XState' })
  @ApiProduces('application/json')
  @ApiResponse({ status: 200, description: 'It', schema: { type: 'object', example: examples.json } })
  json(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<string> {
    return exportedMachine(machineCalled(id).id, 'json', this.charts);
  }

  @Get(':id.md')
  @Public()
  @Header('content-type', 'text/markdown; charset=utf-8')
  @Header('cache-control', cached)
  @ApiOperation({ operationId: 'exportMachineAsMarkdown', summary: 'One statechart as tables in Markdown' })
  @ApiProduces('text/markdown')
  @ApiResponse({ status: 200, description: 'It', schema: { type: 'string', example: examples.md } })
  md(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<string> {
    return exportedMachine(machineCalled(id).id, 'md', this.charts);
  }
}
