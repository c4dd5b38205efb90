/** What happened, as it is read. */
import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';
import { HistoryService } from './history.service.js';
import { HistorySettler } from './history.settler.js';
import { OccupancyService } from './occupancy.service.js';

@Module({
  controllers: [HistoryController],
  providers: [HistorySettler, HistoryService, OccupancyService],
  exports: [HistorySettler],
})
export class HistoryModule {}
