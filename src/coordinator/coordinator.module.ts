/** The coordinator, for everybody who writes. */
import { Global, Module } from '@nestjs/common';
import { LeasesModule } from '../leases/leases.module.js';
import { Changes } from './changes.js';
import { Coordinator } from './coordinator.js';
import { CoordinatorMetrics } from './coordinator.metrics.js';
import { ReplicaChanges } from './replica.changes.js';
import { Shutdown } from './shutdown.js';
import { Sweep } from './sweep.js';

@Global()
@Module({
  imports: [LeasesModule],
  providers: [Changes, ReplicaChanges, Coordinator, CoordinatorMetrics, Sweep, Shutdown],
  exports: [Changes, Coordinator, CoordinatorMetrics, Sweep],
})
export class CoordinatorModule {}
