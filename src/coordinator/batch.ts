/**
 * One batch: load, decide in order, save, COMMIT, in a single transaction (group commit). A refusal concerns its own
 * command only. What is answered is known here and told by the coordinator, after COMMIT.
 */
import type { Clock } from '../clock/clock.js';
import type { LeaseSigner } from '../leases/lease.signer.js';
import type { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import type { Changes } from './changes.js';
import { judge, type Judgement } from './judge.js';
import { licenseIdOf, load } from './load.js';
import { lock } from './lock.js';
import { requireWithinHorizon } from './locks.js';
import type { RefusalLog } from './refusal.log.js';
import type { RecordedStep, Result } from './result.js';
import { save } from './save.js';
import type { Submission } from './submission.js';

/** What a batch needs of the server. */
export interface BatchTools {
  readonly database: Database;
  readonly signer: LeaseSigner;
  readonly refusals: RefusalLog;
  readonly changes: Changes;
  /** Asked after the transaction has begun and its locks are held, and again at each try. */
  readonly clock: Clock;
}

/** The submissions that were decided with their results; the others have to come again. */
export interface BatchResult {
  readonly results: ReadonlyMap<Submission, Result>;
  readonly postponed: readonly Submission[];
}

/** Runs a batch in a transaction of its own. Rejects when it was rolled back; then nothing of it has happened. */
export async function runBatch(tools: BatchTools, submissions: readonly Submission[]): Promise<BatchResult> {
  const done = await tools.database.write((session) => decideAll(session, tools, submissions));
  done.afterCommit();
  return done;
}

/**
 * Decides and saves submissions within a transaction that somebody else commits; `afterCommit` has to be called then.
 * Crowded licenses are settled as far as a batch goes, and their other commands postponed.
 */
export async function decideAll(
  session: Session,
  tools: BatchTools,
  submissions: readonly Submission[],
): Promise<BatchResult & { afterCommit: () => void }> {
  const { locks, now } = await lock(session, submissions, tools.clock);
  requireWithinHorizon(locks, now);
  const results = new Map<Submission, Result>();
  const wanted = submissions.filter((submission) => {
    const isBusy = locks?.busy.has(submission.address.id) === true;
    if (isBusy) results.set(submission, { kind: 'busy' });
    return !isBusy;
  });
  const { world, crowded } = await load(session, wanted, now, locks);
  const postponed: Submission[] = [];
  const steps: RecordedStep[] = [];
  const repeated: RecordedStep[] = [];
  const bench = {
    now,
    refusals: tools.refusals.forBatch(),
    sign: (input: Parameters<LeaseSigner['begin']>[0]) => tools.signer.begin(input, now),
  };
  const settle = (licenseId: string): Judgement => judge(world, settlingOf(licenseId), bench);
  for (const licenseId of crowded) steps.push(...settle(licenseId).steps);
  for (const submission of wanted) {
    const licenseId = licenseIdOf(world, submission);
    if (licenseId !== undefined && crowded.has(licenseId)) {
      postponed.push(submission);
      continue;
    }
    const judgement = judge(world, submission, bench);
    results.set(submission, judgement.result);
    steps.push(...judgement.steps);
    if (judgement.repeatedRefusal !== null) repeated.push(judgement.repeatedRefusal);
  }
  const leaseBound = tools.signer.takeBoundToRecord();
  await save(session, world, steps, leaseBound);
  const tell = await tools.changes.announce(session, steps);
  tools.signer.signBegun();
  const afterCommit = (): void => {
    for (const step of steps) if (step.outcome === 'refused') tools.refusals.appended(step);
    for (const step of repeated) tools.refusals.repeated(step);
    if (leaseBound !== null) tools.signer.recorded(leaseBound);
    tell();
  };
  return { results, postponed, afterCommit };
}

/** The command that only writes down what time has done to a license. @param canWait leaves it where somebody is at work on it */
export function settlingOf(licenseId: string, canWait = false): Submission {
  return {
    command: { type: 'settle', actor: { kind: 'system', id: null, name: null } },
    address: { by: 'license', id: licenseId },
    organizationId: null,
    proof: null,
    requestId: null,
    canWait,
  };
}
