/** Licenses and their seats. */
import { Module } from '@nestjs/common';
import { DevicesModule } from '../devices/devices.module.js';
import { LicenseController } from './license.controller.js';
import { LicenseService } from './license.service.js';
import { RefusalsModule } from './refusals.module.js';

@Module({
  imports: [DevicesModule, RefusalsModule],
  controllers: [LicenseController],
  providers: [LicenseService],
})
export class LicensesModule {}
