/** Tries a real command on real rows, by the coordinator's own preview: whoever looks may ask, since nothing is stored. */
import { Inject, Injectable } from '@nestjs/common';
import { guards } from '../../machines/index.js';
import { organizationSeenBy } from '../licenses/seen-license.queries.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { refusalProblem } from '../coordinator/refusal.problem.js';
import { type Survey, survey } from '../coordinator/survey.js';
import { presentTransition } from '../history/transition.presenter.js';
import { parse } from '../http/schema.pipe.js';
import { Database } from '../persistence/database.js';
import { invalidRequest, problemKind } from '../problems/problem.js';
import { commandEvents, commandOf } from './dry-run.commands.js';
import { type DryRun, type DryRunWish, wishSchema } from './dry-run.schemas.js';
import { addressOfSubject, licenseOfSubject, type SubjectOf } from './subject.js';

@Injectable()
export class DryRunService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * What would become of it, refusals included, roles aside.
   *
   * @throws `notFound` for a subject or ticket that the asker does not see, `invalidRequest` for an event of another machine
   */
  async run(asker: TokenPrincipal, subject: SubjectOf, request: DryRunWish, requestId: string): Promise<DryRun> {
    const wish = parse(wishSchema, request);
    if (!commandEvents[subject.machine].includes(wish.event)) {
      throw invalidRequest([{ path: 'event', message: `must be one of ${commandEvents[subject.machine].join(', ')}` }]);
    }
    const { licenseId, rows } = await this.database.read(async (session) => {
      const found = await licenseOfSubject(session, asker, subject);
      // Who can only try it sees no more tickets than who reads.
      if ('ticketId' in wish) await licenseOfSubject(session, asker, { machine: 'supportTicket', id: wish.ticketId });
      const now = await this.clock.nowIn(session);
      return { licenseId: found, ...(await survey(session, addressOfSubject(subject), now)) };
    });
    const { license } = rows;
    const result = await this.coordinator.preview({
      command: commandOf(wish, asker, subject.id, { device: rows.devices.get(subject.id), license }),
      // An activation finds its device by the fingerprint, as in earnest.
      address: wish.event === 'activate' ? { by: 'license', id: licenseId } : addressOfSubject(subject),
      organizationId: organizationSeenBy(asker),
      proof: null,
      requestId,
    });
    if (result.kind !== 'decided') throw refusalProblem(result) ?? new Error(`${wish.event} was not decided`);
    const { outcome } = result;
    const refusal = outcome.kind === 'refused' ? outcome : { reason: null, guard: null };
    return {
      machine: subject.machine,
      subjectId: subject.id,
      event: wish.event,
      outcome: outcome.kind,
      from: stateOf(subject, rows),
      to: stateOf(subject, result.rows),
      reason: refusal.reason,
      guard: refusal.guard === null ? null : { name: refusal.guard, description: guards[refusal.guard].description },
      remedy: refusal.reason === null ? null : problemKind(refusal.reason).remedy,
      transitions: result.steps.map(presentTransition),
    };
  }
}

function stateOf({ machine, id }: SubjectOf, rows: Survey['rows']): string {
  const states = {
    device: rows.devices.get(id)?.state,
    supportTicket: rows.tickets.get(id)?.status,
    remoteDeactivation: rows.setting.state,
    license: rows.license.status,
  };
  const state = states[machine];
  if (state === undefined) throw new Error(`${machine} ${id} is not among the rows`);
  return state;
}
