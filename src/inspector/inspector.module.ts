/** The rules, shown to whoever wants to look at them. */
import { Module } from '@nestjs/common';
import { Charts } from './charts.js';
import { MachineExportController } from './machine-export.controller.js';
import { MachineController } from './machine.controller.js';

@Module({ controllers: [MachineController, MachineExportController], providers: [Charts] })
export class InspectorModule {}
