/** The rules, shown to whoever wants to look at them. */
import { Module } from '@nestjs/common';
import { Charts } from './charts.js';
import { MachineExportController } from './machine-export.controller.js';
import { MachineController } from './machine.controller.js';
import { SandboxController } from './sandbox.controller.js';

@Module({ controllers: [MachineController, MachineExportController, SandboxController], providers: [Charts] })
export class InspectorModule {}
