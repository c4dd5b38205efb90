/** The rules, shown to whoever wants to look at them. */
import { Module } from '@nestjs/common';
import { Charts } from './charts.js';
import { MachineController } from './machine.controller.js';

@Module({ controllers: [MachineController], providers: [Charts] })
export class InspectorModule {}
