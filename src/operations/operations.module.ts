/** What those who run the server look at: health and metrics; and its end in good time. */
import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { StreamsModule } from '../streams/streams.module.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Readiness } from './readiness.js';
import { ServerMetrics } from './server.metrics.js';

@Module({
  imports: [AuthModule, StreamsModule],
  controllers: [HealthController, MetricsController],
  providers: [Readiness, ServerMetrics],
})
export class OperationsModule {}
