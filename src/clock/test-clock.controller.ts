/** The test clock over HTTP: integrators see day 30 today. Exists only with `SEATKEEPER_CLOCK=manual`. */
import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Sweep } from '../coordinator/sweep.js';
import { noQuery } from '../http/schema.js';
import { Database } from '../persistence/database.js';
import { ProblemError } from '../problems/problem.js';
import { Clock } from './clock.js';
import { formatInstant, lastInstant } from './instant.js';
import { ManualClock } from './manual.clock.js';
import { type Advance, advanceSchema, type TestClock, testClockSchema } from './test-clock.schemas.js';

@ApiTags('test clock')
@Controller('v1/test-clock')
export class TestClockController {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Sweep) private readonly sweep: Sweep,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get()
  @Allow('operator')
  @ApiOperation({ operationId: 'readTestClock', summary: 'What the test clock shows' })
  @ApiResponse({ status: 200, description: 'The time', standardSchema: testClockSchema })
  async read(@Query({ schema: noQuery }) _query: z.output<typeof noQuery>): Promise<TestClock> {
    const clock = this.manualClock();
    return { now: formatInstant(await this.database.read((session) => clock.nowIn(session))) };
  }

  @Post()
  @HttpCode(200)
  @Allow('operator')
  @ApiOperation({
    operationId: 'advanceTestClock',
    summary: 'Move the test clock forward; answered when everything due by then is written',
  })
  @ApiResponse({ status: 200, description: 'The time', standardSchema: testClockSchema })
  async advance(
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: advanceSchema }) { advance }: Advance,
  ): Promise<TestClock> {
    const clock = this.manualClock();
    const now = await this.coordinator.record(async (session) => {
      const [row] = await session.all<{ now: number }>(
        `UPDATE test_clock SET now = CASE WHEN now > ? THEN ? ELSE now + ? END WHERE id = 1 RETURNING now`,
        [lastInstant - advance.millis, lastInstant, advance.millis],
      );
      if (row === undefined) throw new Error('the test clock has no row');
      return row.now;
    });
    clock.moveTo(now);
    await this.sweep.sweep('wait');
    await this.coordinator.flushRefusals();
    return { now: formatInstant(now) };
  }

  private manualClock(): ManualClock {
    if (!(this.clock instanceof ManualClock)) throw new ProblemError('notFound');
    return this.clock;
  }
}
