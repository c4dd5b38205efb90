/** How the `device` commands show a seat: the four answers of the client kit, the device, and what went wrong. */
import type { Seat, SeatAnswer, SeatOutcome } from '../client/node.js';
import { formatInstant } from '../clock/instant.js';
import { type Answer, exitCodes } from './command.js';
import { exitOf, troubleSentences } from './trouble.js';

/** The answer of a command that has asked the server. @param done what it says where the server has accepted */
export function outcomeAnswer(seat: Seat, outcome: SeatOutcome, done: readonly string[]): Answer {
  const { accepted, answer, error } = outcome;
  const complaints = [...(error === null ? [] : troubleSentences(error)), ...storeComplaints(seat)];
  const asked = error === null ? exitCodes.ok : exitOf(error);
  return {
    // Why it may not run is said by what went wrong; that it may all the same is worth a sentence.
    sentences: accepted ? done : answer.mayRun ? [runSentence(answer)] : [],
    complaints,
    json: { accepted, ...shownSeat(seat, answer), error },
    // What cannot be kept is lost with this command, however the server has answered.
    exitCode: asked === exitCodes.ok && seat.storeError !== null ? exitCodes.failed : asked,
  };
}

/** The answer of a command that asks nobody. */
export function statusAnswer(seat: Seat): Answer {
  const { answer, heardAt } = seat;
  const heard = heardAt === null ? [] : [`The server was last heard at ${formatInstant(heardAt)}.`];
  return {
    sentences: [...seatSentences(answer), ...heard],
    complaints: storeComplaints(seat),
    json: { ...shownSeat(seat, answer), error: seat.storeError },
    exitCode: answer.mayRun ? exitCodes.ok : exitCodes.failed,
  };
}

/** What `--json` says of a seat. */
export function shownSeat(seat: Seat, answer: SeatAnswer): object {
  const heardAt = seat.heardAt === null ? null : formatInstant(seat.heardAt);
  return { ...answer, fingerprint: seat.fingerprint, heardAt, device: seat.device };
}

/** The four answers for people. */
export function seatSentences(answer: SeatAnswer): string[] {
  return [runSentence(answer), ...(answer.whatToDo === null ? [] : [answer.whatToDo])];
}

/** Whether the software may run, and until when or why not. */
export function runSentence({ state, mayRun, until, detail }: SeatAnswer): string {
  if (mayRun && until !== null) return `${state}: the software may run until ${formatInstant(until.getTime())}.`;
  return `${state}: the software may not run.${detail === null ? '' : ` ${detail}`}`;
}

function storeComplaints({ storeError }: Seat): string[] {
  return storeError === null ? [] : troubleSentences(storeError);
}
