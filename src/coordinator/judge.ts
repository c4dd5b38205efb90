/**
 * Decides one submission on the loaded world: existence, tenant, proof and version first, then the rules. Pure but for the
 * world, in which it leaves the rows as they are afterwards.
 */
import { type Actor, type Command, decide, type DeviceRow, settle, type Step } from '../../machines/index.js';
import type { IfMatch } from '../http/schema.js';
import type { LeaseInput } from '../leases/lease.js';
import type { PendingLease } from '../leases/lease.signer.js';
import { hashSecret, newSecret, secretPrefixes } from '../auth/secret.js';
import type { RecordedStep, Result } from './result.js';
import type { RefusalLog } from './refusal.log.js';
import { licenseIdOf } from './load.js';
import type { Proof, Submission } from './submission.js';
import type { LicenseWorld, World } from './world.js';

/** What judging needs of the server. */
export interface Bench {
  readonly now: number;
  /** Begins to sign a lease; null where nothing is to be given out, as in a dry run. */
  readonly sign: ((input: LeaseInput) => PendingLease) | null;
  readonly refusals: Pick<RefusalLog, 'isFirst'>;
}

/** A result, with what is to be written for it beside the rows. */
export interface Judgement {
  readonly result: Result;
  /** Steps to be appended: of this command, and those that time caused before. */
  readonly steps: readonly RecordedStep[];
  /** A refusal that only counts: an identical one has its row already. */
  readonly repeatedRefusal: RecordedStep | null;
}

/** Judges a submission and moves the world on. */
export function judge(world: World, submission: Submission, bench: Bench): Judgement {
  const licenseId = licenseIdOf(world, submission);
  const license = licenseId === undefined ? undefined : world.licenses.get(licenseId);
  if (licenseId === undefined || license === undefined) return only({ kind: 'notFound' });
  const seesLicense = submission.organizationId === null || submission.organizationId === license.organizationId;
  if (!seesLicense) return only({ kind: 'notFound' });
  const place = world.locked.get(licenseId) ?? world.lone.get(submission.address.id);
  if (place === undefined) throw new Error(`license ${licenseId} was loaded for nobody`);
  if (!isNamedThere(world, place, submission.command)) return only({ kind: 'notFound' });
  if (submission.proof !== null && !holds(world, place, submission, submission.proof)) {
    return only({ kind: 'proofRejected' });
  }

  if (submission.ifMatch !== undefined) {
    const { version } = settle(place.rows, bench.now).rows.license;
    const refusal = refusalByVersion(submission.ifMatch, version);
    if (refusal !== null) return only(refusal);
  }
  const decision = decide(place.rows, submission.command, bench.now);
  const { outcome } = decision;
  if (submission.proof?.kind === 'deviceToken') confirmToken(world, submission.address.id, submission.proof);

  // A check-in writes no expiry: it is answered from the settled state, and the sweep writes.
  const isLocked = world.locked.has(licenseId);
  if (isLocked || outcome.kind === 'connected') place.rows = decision.rows;
  const asDevice = place.rows.devices.get(submission.address.id);
  const record = (step: Step, requestId: string | null, isRepeat = false): RecordedStep => ({
    ...step,
    actor: named(step.actor, asDevice),
    licenseId,
    sequence: isRepeat ? 0 : place.nextSequence(),
    recordedAt: bench.now,
    requestId,
    count: 1,
  });
  const caused = isLocked ? decision.steps.slice(0, decision.stepsByTime).map((step) => record(step, null)) : [];
  const own: RecordedStep[] = [];
  let repeatedRefusal: RecordedStep | null = null;
  for (const step of decision.steps.slice(decision.stepsByTime)) {
    const isRepeat = step.outcome === 'refused' && !bench.refusals.isFirst({ ...step, licenseId });
    const row = record(step, submission.requestId, isRepeat);
    if (isRepeat) repeatedRefusal = row;
    else own.push(row);
  }

  let token: string | null = null;
  let lease: PendingLease | null = null;
  const isActivation = submission.command.type === 'activate';
  const isConnection = isActivation || submission.command.type === 'checkIn';
  if (isConnection && outcome.kind !== 'refused' && bench.sign !== null) {
    const device = decision.rows.devices.get(outcome.subjectId);
    if (device === undefined || device.leaseExpiresAt === null) throw new Error(`${outcome.subjectId} has no lease`);
    const { id: deviceId, fingerprint, leaseExpiresAt } = device;
    lease = bench.sign({ deviceId, licenseId, fingerprint, leaseExpiresAt });
    if (isActivation) token = newToken(world, deviceId, outcome.kind === 'changed');
  }
  return {
    result: {
      kind: 'decided',
      outcome,
      rows: decision.rows,
      organizationId: license.organizationId,
      product: license.product,
      steps: own,
      now: bench.now,
      token,
      lease,
    },
    steps: [...caused, ...own],
    repeatedRefusal,
  };
}

/** What `If-Match` says against the present version; null where nothing. */
function refusalByVersion(ifMatch: IfMatch | null, version: number): Result | null {
  if (ifMatch === null) return { kind: 'versionRequired' };
  return ifMatch === '*' || ifMatch.includes(String(version)) ? null : { kind: 'versionMismatch', version };
}

/** A device acts under its name; what is not known when it asks is known here. */
function named(actor: Actor, device: DeviceRow | undefined): Actor {
  if (actor.kind !== 'device' || actor.name !== null || device === undefined) return actor;
  return { ...actor, name: device.name ?? device.fingerprint };
}

/** Devices and tickets that a command names beside its address must exist where it looks for them. */
function isNamedThere(world: World, place: LicenseWorld, command: Command): boolean {
  if ('ticketId' in command && !place.rows.tickets.has(command.ticketId)) return false;
  if ('deviceId' in command && command.deviceId !== null && !place.rows.devices.has(command.deviceId)) return false;
  return true;
}

function holds(world: World, place: LicenseWorld, { address }: Submission, proof: Proof): boolean {
  if (proof.kind === 'licenseKey') return place.rows.license.keyHash === proof.keyHash;
  const { tokenHash, nextTokenHash } = world.tokensOf(address.id);
  return proof.tokenHash === tokenHash || proof.tokenHash === nextTokenHash;
}

/** The first use of the newest token ends the one before it. */
function confirmToken(world: World, deviceId: string, proof: { tokenHash: string }): void {
  const { nextTokenHash } = world.tokensOf(deviceId);
  if (proof.tokenHash !== nextTokenHash) return;
  world.tokens.set(deviceId, { tokenHash: nextTokenHash, nextTokenHash: null });
}

/**
 * A new token, waiting for its first use. It replaces one that waited before it; the one in use goes on until then, unless the
 * device was not active: then it has ended.
 */
function newToken(world: World, deviceId: string, wasNotActive: boolean): string {
  const token = newSecret(secretPrefixes.deviceToken);
  const { tokenHash } = world.tokensOf(deviceId);
  world.tokens.set(deviceId, { tokenHash: wasNotActive ? null : tokenHash, nextTokenHash: hashSecret(token) });
  return token;
}

function only(result: Result): Judgement {
  return { result, steps: [], repeatedRefusal: null };
}
