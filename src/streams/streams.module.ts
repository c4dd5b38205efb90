/** Streams: devices and people hear what changes, as it changes. */
import { Module } from '@nestjs/common';
import { DevicesModule } from '../devices/devices.module.js';
import { DueWatch } from './due.watch.js';
import { StreamCheck } from './stream.check.js';
import { StreamController } from './stream.controller.js';
import { StreamHub } from './stream.hub.js';
import { StreamMetrics } from './stream.metrics.js';
import { StreamService } from './stream.service.js';

@Module({
  imports: [DevicesModule],
  controllers: [StreamController],
  providers: [DueWatch, StreamCheck, StreamHub, StreamMetrics, StreamService],
  exports: [StreamMetrics],
})
export class StreamsModule {}
