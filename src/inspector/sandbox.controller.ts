/** The sandbox over HTTP: what would happen, with imagined facts. */
import { Body, Controller, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Clock } from '../clock/clock.js';
import { noQuery } from '../http/schema.js';
import { Database } from '../persistence/database.js';
import { machineCalled } from './machine.called.js';
import { machineName } from './machine.schemas.js';
import { imagine } from './sandbox.js';
import { type Imagination, imaginationSchema, imaginedSchema } from './sandbox.schemas.js';

@ApiTags('machines')
@Controller('v1/machines')
export class SandboxController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post(':id/decide')
  @HttpCode(200)
  @Allow('reader', 'editor', 'manager', 'owner', 'support', 'operator')
  @ApiOperation({ operationId: 'decide', summary: 'What a machine would do in a state; nothing is stored' })
  @ApiResponse({ status: 200, description: 'What it would do, or why not', standardSchema: imaginationSchema })
  async decide(
    @Param('id', { schema: machineName }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: imaginedSchema }) imagined: z.output<typeof imaginedSchema>,
  ): Promise<Imagination> {
    const machine = machineCalled(id);
    const now = await this.database.read((session) => this.clock.nowIn(session));
    return imagine(machine.id, imagined, now);
  }
}
