/**
 * Walks through the history of one subject after the other (device, license, setting, ticket): it begins with a birth, each row begins
 * where the one before has ended, each is a step that the machine knows, and the last one ends where the subject is now (R11).
 * Remembers the subjects of one page.
 */
import type { Session } from '../persistence/session.js';
import type { Rule } from './finding.js';
import type { Findings } from './findings.js';
import { type HistoryRow, pagesBySubject } from './history.pages.js';
import { isKnownStep } from './known-steps.js';
import { type Present, presentOf } from './present.js';

/** A subject as its rows tell it so far. */
interface Told {
  readonly machine: string;
  readonly id: string;
  last: HistoryRow;
  /** The last row that changed the state. */
  lastChange: HistoryRow;
  checkIns: number;
}

/** Follows every subject; adds broken chains, unknown steps and ends that are not the present. */
export async function walkSubjects(session: Session, findings: Findings): Promise<void> {
  let current = new Map<string, Told>();
  let currentId = '';
  for await (const page of pagesBySubject(session)) {
    const ended: Told[] = [];
    for (const row of page) {
      if (row.subject_id !== currentId) {
        ended.push(...current.values());
        current = new Map();
        currentId = row.subject_id ?? '';
      }
      if (row.outcome === 'accepted') follow(current, row, findings);
    }
    await compare(session, ended, findings);
  }
  await compare(session, [...current.values()], findings);
}

function follow(current: Map<string, Told>, row: HistoryRow, findings: Findings): void {
  const told = current.get(row.machine);
  const hasBirth = row.machine !== 'remoteDeactivation';
  const before = told === undefined ? (hasBirth ? null : row.from_state) : told.last.to_state;
  const subject = `${row.machine} ${row.subject_id}`;
  if (row.from_state !== before) {
    findings.addRow(
      row,
      'chainBroken',
      'R11',
      `${subject} goes on from ${row.from_state}, after ${before ?? 'nothing'}.`,
    );
  } else if (!isKnownStep(row.machine, row.event, row.from_state, row.to_state)) {
    const step = `${row.event} from ${row.from_state ?? 'nothing'} to ${row.to_state}`;
    findings.addRow(row, 'stepUnknown', 'R3', `${subject} made a step that its machine does not know: ${step}.`);
  }
  const isExpiry = row.machine === 'device' && row.event === 'expire';
  if (isExpiry && told !== undefined && row.check_ins === 0 && told.last.deactivation_date !== row.at) {
    findings.addRow(row, 'expiredAtWrongTime', 'R4', `${subject} expired at another time than its deactivation date.`);
  }
  const checkIns = (told?.checkIns ?? 0) + row.check_ins;
  const lastChange = told === undefined || row.from_state !== row.to_state ? row : told.lastChange;
  current.set(row.machine, { machine: row.machine, id: row.subject_id ?? '', last: row, lastChange, checkIns });
}

async function compare(session: Session, ended: readonly Told[], findings: Findings): Promise<void> {
  for (const machine of new Set(ended.map((told) => told.machine))) {
    const subjects = ended.filter((told) => told.machine === machine);
    const present = await presentOf(
      session,
      machine,
      subjects.map(({ id }) => id),
    );
    for (const told of subjects) compareOne(told, present.get(told.id), findings);
  }
}

function compareOne(told: Told, present: Present | undefined, findings: Findings): void {
  const { machine, id, last, lastChange, checkIns } = told;
  const subject = `${machine} ${id}`;
  const say = (code: string, rule: Rule, sentence: string): void => findings.addRow(last, code, rule, sentence);
  if (present === undefined) return say('historyOfNothing', 'R11', `${subject} has a history and does not exist.`);
  if (present.license_id !== last.license_id) {
    say('historyElsewhere', 'R11', `${subject} is of license ${present.license_id}, its history of another.`);
  }
  if (present.state !== last.to_state) {
    return say(
      'stateNotOfHistory',
      'R11',
      `${subject} is ${present.state}, but its history ends with ${last.to_state}.`,
    );
  }
  if (machine === 'remoteDeactivation' && last.epoch !== present.epoch) {
    say('epochNotOfHistory', 'R7', `${subject} is at epoch ${present.epoch}, but its history ends at ${last.epoch}.`);
  }
  if (machine !== 'device') return;
  if (last.seat_number !== present.seat) {
    const seats = `on seat ${present.seat ?? 'none'}, but its history ends on ${last.seat_number ?? 'none'}`;
    say('seatNotOfHistory', 'R3', `${subject} is ${seats}.`);
  }
  if (last.epoch !== present.epoch) {
    const epochs = `epoch ${present.epoch ?? 'none'}, but its history ends with ${last.epoch ?? 'none'}`;
    say('epochNotOfHistory', 'R7', `${subject} has ${epochs}.`);
  }
  if (present.since === 0 && last.deactivation_date !== present.deactivation_date) {
    say('dateNotOfHistory', 'R4', `${subject} has another deactivation date than the last row of its history.`);
  }
  if (checkIns + present.since !== present.check_ins) {
    const counts = `${present.check_ins} connections, but its history tells of ${checkIns + present.since}`;
    say('connectionsLost', 'R11', `${subject} counts ${counts}.`);
  }
  const isAsEnded = present.ended_at === lastChange.at && present.ended_by === lastChange.actor_kind;
  if (present.ended_at !== null && !isAsEnded) {
    say(
      'endingNotOfHistory',
      'R3',
      `${subject} says that it was ended by another or at another time than its history.`,
    );
  }
}
