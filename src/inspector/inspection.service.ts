/** Looks at one subject: as it is now, asked of the rules with its real facts, and as it was, concluded from its history alone. */
import { Inject, Injectable } from '@nestjs/common';
import { type Moment, momentOf, type Prospect, prospectsOf, guards } from '../../machines/index.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { formatInstant } from '../clock/instant.js';
import type { RecordedStep } from '../coordinator/result.js';
import { type Survey, survey } from '../coordinator/survey.js';
import { HistorySettler } from '../history/history.settler.js';
import { presentTransition } from '../history/transition.presenter.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { ProblemError, problemKind } from '../problems/problem.js';
import { commandEvents } from './dry-run.commands.js';
import type { Inspection } from './inspection.schemas.js';
import { lastOf, lastStepsOf, rowAt } from './past.queries.js';
import { addressOfSubject, licenseOfSubject, type SubjectOf } from './subject.js';

@Injectable()
export class InspectionService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HistorySettler) private readonly settler: HistorySettler,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The subject now, or right after a row of its license's history.
   *
   * @throws `notFound` for a subject that the asker does not see, and for a row that is not written yet
   */
  async inspect(asker: TokenPrincipal, subject: SubjectOf, sequence: number | undefined): Promise<Inspection> {
    await this.settler.settle((session) => licenseOfSubject(session, asker, subject));
    return this.database.read(async (session) => {
      const licenseId = await licenseOfSubject(session, asker, subject);
      const now = await this.clock.nowIn(session);
      const known = await survey(session, addressOfSubject(subject), now);
      return sequence === undefined
        ? present(session, subject, licenseId, known, now)
        : past(session, subject, licenseId, known, sequence);
    });
  }
}

async function present(
  session: Session,
  subject: SubjectOf,
  licenseId: string,
  { rows, product, lastSequence }: Survey,
  now: number,
): Promise<Inspection> {
  const { license, setting } = rows;
  const device = rows.devices.get(subject.id);
  const ticket = rows.tickets.get(subject.id);
  const moment: Moment = {
    license: { status: license.status, seats: license.seats },
    setting,
    subject:
      subject.machine === 'device' && device !== undefined
        ? device
        : subject.machine === 'supportTicket' && ticket !== undefined
          ? { state: ticket.status, seat: null, epoch: null, deactivationDate: null }
          : null,
  };
  return {
    ...shown(subject, licenseId, nameOf(subject, rows, product), moment),
    isPresent: true,
    sequence: lastSequence,
    at: formatInstant(now),
    transition: transitionOf(await lastOf(session, subject, lastSequence)),
    prospects: prospectsOf(rows, subject, now).map((prospect) => shownProspect(subject, prospect)),
  };
}

async function past(
  session: Session,
  subject: SubjectOf,
  licenseId: string,
  { rows, product }: Survey,
  sequence: number,
): Promise<Inspection> {
  const row = await rowAt(session, licenseId, sequence);
  if (row === null) throw new ProblemError('notFound', 'The history of this license has not come so far.');
  const moment = momentOf(await lastStepsOf(session, licenseId, subject, sequence));
  return {
    ...shown(subject, licenseId, nameOf(subject, rows, product), moment),
    isPresent: false,
    sequence,
    at: formatInstant(row.at),
    transition: transitionOf(await lastOf(session, subject, sequence)),
    prospects: null,
  };
}

function shown(
  { machine, id }: SubjectOf,
  licenseId: string,
  name: string,
  { license, setting, subject }: Moment,
): Pick<Inspection, 'machine' | 'subjectId' | 'licenseId' | 'name' | 'state' | 'device' | 'setting' | 'license'> {
  const states = {
    device: subject?.state ?? null,
    supportTicket: subject?.state ?? null,
    remoteDeactivation: setting?.state ?? null,
    license: license.status,
  };
  const date = subject?.deactivationDate ?? null;
  return {
    machine,
    subjectId: id,
    licenseId,
    name,
    state: states[machine],
    device:
      machine === 'device' && subject !== null
        ? {
            seat: subject.seat,
            epoch: subject.epoch,
            deactivationDate: date === null ? null : formatInstant(date),
          }
        : null,
    setting: setting === null ? null : { state: setting.state, epoch: setting.epoch },
    license: { status: license.status, seats: license.seats },
  };
}

function nameOf({ machine, id }: SubjectOf, rows: Survey['rows'], product: string): string {
  const device = rows.devices.get(id);
  if (machine === 'device' && device !== undefined) return device.name ?? device.fingerprint;
  return (machine === 'supportTicket' ? rows.tickets.get(id)?.topic : undefined) ?? product;
}

function transitionOf(step: RecordedStep | null): Inspection['transition'] {
  return step === null ? null : presentTransition(step);
}

function shownProspect(
  { machine }: SubjectOf,
  { event, outcome, to, reason, guard }: Prospect,
): NonNullable<Inspection['prospects']>[number] {
  return {
    event,
    isCommand: commandEvents[machine].includes(event),
    outcome,
    to,
    reason,
    guard: guard === null ? null : { name: guard, description: guards[guard].description },
    remedy: reason === null ? null : problemKind(reason).remedy,
  };
}
