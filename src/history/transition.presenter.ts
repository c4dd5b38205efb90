/** A row of the history as it is shown. Seat, epoch and deactivation date of the row are kept for replays and not shown. */
import { formatInstant } from '../clock/instant.js';
import type { RecordedStep } from '../coordinator/result.js';
import type { Transition } from './transition.schemas.js';

/** The representation of a recorded step. */
export function presentTransition(step: RecordedStep): Transition {
  return {
    sequence: step.sequence,
    at: formatInstant(step.at),
    recordedAt: formatInstant(step.recordedAt),
    machine: step.machine,
    subjectId: step.subjectId,
    licenseId: step.licenseId,
    event: step.event,
    from: step.from,
    to: step.to,
    outcome: step.outcome,
    reason: step.reason,
    note: step.note,
    count: step.count,
    checkIns: step.checkIns,
    actor: { kind: step.actor.kind, id: step.actor.id, name: step.actor.name },
    ticketId: step.ticketId,
    requestId: step.requestId,
  };
}
