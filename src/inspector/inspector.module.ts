/** The rules, shown to whoever wants to look at them, and everything that lives by them. */
import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.js';
import { Charts } from './charts.js';
import { CoverageController } from './coverage.controller.js';
import { Coverages } from './coverages.js';
import { DryRunService } from './dry-run.service.js';
import { InspectionService } from './inspection.service.js';
import { MachineExportController } from './machine-export.controller.js';
import { MachineController } from './machine.controller.js';
import { PopulationController } from './population.controller.js';
import { Populations } from './populations.js';
import { SandboxController } from './sandbox.controller.js';
import { SubjectController } from './subject.controller.js';

@Module({
  imports: [HistoryModule],
  controllers: [
    MachineController,
    MachineExportController,
    SandboxController,
    SubjectController,
    PopulationController,
    CoverageController,
  ],
  providers: [Charts, Coverages, InspectionService, DryRunService, Populations],
})
export class InspectorModule {}
