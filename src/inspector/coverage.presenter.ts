/** The coverage of a machine as it is shown: of the records of its walks those that belong to the last run, added up. */
import type { DescribedMachine } from '../../machines/index.js';
import { type CoverageRecord, rulesPrint } from './coverage.record.js';
import type { MachineCoverage } from './coverage.schemas.js';

/** @param records of whatever machines, in whatever order */
export function presentCoverage(machine: DescribedMachine, records: readonly CoverageRecord[]): MachineCoverage {
  const ofMachine = records.filter((record) => record.machine === machine.id);
  const [last, ...earlier] = ofMachine.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const run = last === undefined ? [] : [last, ...earlier.filter((record) => isOfSameRun(record, last))];
  return {
    machine: machine.id,
    run:
      last === undefined
        ? null
        : {
            at: last.at,
            commit: last.commit,
            hasChanges: last.hasChanges,
            isOfTheseRules: last.rules === rulesPrint(machine),
            walks: run.map(({ walk, at }) => ({ walk, at })),
          },
    transitions: machine.transitions.map(({ id, from, event, to }) => ({
      id,
      from,
      event,
      to,
      count: run
        .flatMap(({ transitions }) => transitions)
        .filter((transition) => transition.id === id)
        .reduce((sum, { hits }) => sum + hits, 0),
    })),
  };
}

/** Numbers of other programs or other rules would not say what the last run has taken. */
function isOfSameRun(record: CoverageRecord, last: CoverageRecord): boolean {
  return record.commit === last.commit && record.hasChanges === last.hasChanges && record.rules === last.rules;
}
