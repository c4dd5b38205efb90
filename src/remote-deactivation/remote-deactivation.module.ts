/** The setting that lets owners deactivate devices remotely. */
import { Module } from '@nestjs/common';
import { RefusalsModule } from '../licenses/refusals.module.js';
import { RemoteDeactivationController } from './remote-deactivation.controller.js';
import { RemoteDeactivationService } from './remote-deactivation.service.js';

@Module({
  imports: [RefusalsModule],
  controllers: [RemoteDeactivationController],
  providers: [RemoteDeactivationService],
})
export class RemoteDeactivationModule {}
