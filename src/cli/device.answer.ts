/** How the `device` commands show a seat: the four answers of the client kit, the device, and what went wrong. */
import type { Seat, SeatAnswer, SeatOutcome } from '../client/node.js';
import { formatInstant } from '../clock/instant.js';
import { type Answer, exitCodes } from './command.js';
import { exitOf, troubleSentences } from './trouble.js';

/** The answer of a command that has asked the server. @param done what it says where the server has accepted */
export function outcomeAnswer(seat: Seat, outcome: SeatOutcome, done: readonly string[]): Answer {
  const { accepted, answer, error } = outcome;
  // What cannot be kept is lost with this command, however the server has answered; what cannot be read may be a seat.
  const isOfStore = seat.storeError !== null && (error === null || error.code === 'notActivated');
  // That no seat is held is not known then.
  const ofServer = error === null || (isOfStore && error.code === 'notActivated') ? [] : troubleSentences(error);
  return {
    // Why it may not run is said by what went wrong; that it may all the same is worth a sentence.
    sentences: accepted ? done : answer.mayRun ? [runSentence(answer)] : [],
    complaints: [...ofServer, ...storeComplaints(seat)],
    json: { accepted, ...shownSeat(seat, answer), error: isOfStore ? seat.storeError : error },
    exitCode: isOfStore ? exitCodes.storeFailed : error === null ? exitCodes.ok : exitOf(error),
  };
}

/** The answer of a command that asks nobody. What cannot be read is not known: there may be a seat. */
export function statusAnswer(seat: Seat): Answer {
  const { answer, heardAt } = seat;
  if (seat.storeError !== null && answer.whyNot === 'storeFailed') {
    return {
      sentences: ['unknown: the software may not run.'],
      complaints: storeComplaints(seat),
      json: { ...shownSeat(seat, answer), state: null, error: seat.storeError },
      exitCode: exitCodes.storeFailed,
    };
  }
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
