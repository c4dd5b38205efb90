/** Whether a recorded crowd was served as by one license that does one thing after the other; says what is not so in words. */
import type { RecordedCrowd } from './crowd.recorder.js';
import { checkHistory } from './linearizability.checker.js';
import { seatsModel } from './seats.model.js';

/** Sentences; none where the history is explained. @param seats how many the crowd's license has */
export function unexplainedIn(crowd: RecordedCrowd, seats: number): string[] {
  const verdict = checkHistory(seatsModel(seats), crowd.operations);
  if (verdict.kind === 'explained') return [];
  if (verdict.kind === 'undecided') return [`no explanation of ${crowd.operations.length} in ${verdict.steps} steps`];
  const shown = (one: object): string => JSON.stringify(one);
  return [
    `${verdict.furthest.length} of ${crowd.operations.length} operations are explained, the last of them`,
    ...verdict.furthest.slice(-8).map(shown),
    'and none of these can follow:',
    ...verdict.stuck.map(shown),
  ];
}
