/** Devices: client software activates them, checks in and logs out; people look at them and deactivate them. */
import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { RefusalsModule } from '../licenses/refusals.module.js';
import { DeviceController } from './device.controller.js';
import { DeviceService } from './device.service.js';

@Module({
  imports: [AuthModule, RefusalsModule],
  controllers: [DeviceController],
  providers: [DeviceService],
  exports: [DeviceService],
})
export class DevicesModule {}
