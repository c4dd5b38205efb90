/** What tests have taken of our machines, as it was recorded when the server was built. */
import { Injectable, Logger } from '@nestjs/common';
import type { DescribedMachine } from '../../machines/index.js';
import { builtCoverage, readCoverage } from './coverage.folder.js';
import { presentCoverage } from './coverage.presenter.js';
import type { CoverageRecord } from './coverage.record.js';
import type { MachineCoverage } from './coverage.schemas.js';

@Injectable()
export class Coverages {
  private readonly records: readonly CoverageRecord[];

  constructor() {
    const { records, faults } = readCoverage(builtCoverage);
    this.records = records;
    // A server does its work without them.
    if (faults.length > 0) {
      new Logger('Coverages').warn(`records of tested machines cannot be read and are left out: ${faults.join(', ')}`);
    }
  }

  /** The coverage of a machine by the last run. */
  of(machine: DescribedMachine): MachineCoverage {
    return presentCoverage(machine, this.records);
  }
}
