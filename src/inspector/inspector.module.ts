/** The rules, shown to whoever wants to look at them. */
import { Module } from '@nestjs/common';
import { MachineController } from './machine.controller.js';

@Module({ controllers: [MachineController] })
export class InspectorModule {}
