/**
 * Devices, between HTTP and the coordinator: says who wants what of which device, and shows what became of it. It knows no
 * rule.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { Credentials } from '../auth/credentials.js';
import {
  actorOf,
  actorOfDevice,
  type DeviceClaim,
  type DevicePrincipal,
  type LicenseKeyPrincipal,
  type TokenPrincipal,
} from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { type Accepted, isAccepted } from '../coordinator/refusal.problem.js';
import { confirmFirstUse } from '../coordinator/statements.js';
import type { Submission } from '../coordinator/submission.js';
import { previewOf, type Wish } from '../history/preview.js';
import { findLicense } from '../licenses/license.queries.js';
import { RefusalDetails } from '../licenses/refusal.details.js';
import { organizationSeenBy } from '../licenses/seen-license.queries.js';
import { settleDevice, settleLicense } from '../licenses/settled.js';
import { Database } from '../persistence/database.js';
import { ProblemError } from '../problems/problem.js';
import { presentDevice } from './device.presenter.js';
import { findDevice } from './device.queries.js';
import type { Activation, CheckIn, DeviceAnswer, DeviceRepresentation, NewDevice } from './device.schemas.js';

@Injectable()
export class DeviceService {
  constructor(
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(RefusalDetails) private readonly refusals: RefusalDetails,
  ) {}

  /** Activates a device (R1 to R4). Gives whether it was not known before, too. */
  async activate(
    asker: LicenseKeyPrincipal,
    said: NewDevice,
    wish: Wish,
  ): Promise<{ isNew: boolean; activation: Activation }> {
    const { fingerprint, name = null, platform = null, appVersion = null } = said;
    const actor = actorOf(asker);
    const decided = await this.submit(wish, {
      command: { type: 'activate', actor, fingerprint, newDeviceId: uuidv7(), name, platform, appVersion },
      address: { by: 'license', id: asker.licenseId },
      organizationId: null,
      proof: { kind: 'licenseKey', keyHash: asker.keyHash },
      requestId: wish.requestId,
    });
    const isNew = decided.steps.some((step) => step.event === 'register');
    const { token } = decided;
    const lease = decided.lease?.compact() ?? null;
    return { isNew, activation: { device: deviceIn(decided), token, lease, ...previewOf(decided, wish) } };
  }

  /** The periodic connection of a device (R4). The claim is proven by the batch. */
  async checkIn(
    request: FastifyRequest,
    claim: DeviceClaim,
    deviceId: string,
    appVersion: string | null,
    dryRun: boolean,
  ): Promise<CheckIn> {
    const wish = { requestId: request.id, dryRun };
    const decided = await this.submitClaimed(request, claim, wish, {
      command: { type: 'checkIn', actor: actorOfDevice(deviceId), deviceId, appVersion },
      ...addressOf(deviceId),
      requestId: request.id,
    });
    return { device: deviceIn(decided), lease: decided.lease?.compact() ?? null, ...previewOf(decided, wish) };
  }

  /** A device gives its seat back. The claim is proven by the batch. */
  async logOut(request: FastifyRequest, claim: DeviceClaim, deviceId: string, dryRun: boolean): Promise<DeviceAnswer> {
    const wish = { requestId: request.id, dryRun };
    const decided = await this.submitClaimed(request, claim, wish, {
      command: { type: 'logOut', actor: actorOfDevice(deviceId), deviceId },
      ...addressOf(deviceId),
      requestId: request.id,
    });
    return { device: deviceIn(decided), ...previewOf(decided, wish) };
  }

  /** A device as it is now. A device that reads itself with its newest token has used it. Throws `notFound`. */
  async read(asker: TokenPrincipal | DevicePrincipal, id: string): Promise<DeviceRepresentation> {
    if (asker.kind === 'device') {
      if (asker.deviceId !== id) throw new ProblemError('notFound');
      if (asker.firstUse) await this.confirmToken(id, asker.tokenHash);
    }
    const organizationId = asker.kind === 'device' ? null : organizationSeenBy(asker);
    return this.database.read(async (session) => {
      const now = await this.clock.nowIn(session);
      const device = await findDevice(session, id);
      const license = device === null ? null : await findLicense(session, device.licenseId, organizationId);
      if (device === null || license === null) throw new ProblemError('notFound', 'There is no such device.');
      const settled = await settleLicense(session, license, now);
      return presentDevice(settleDevice(settled, device), settled.setting, now);
    });
  }

  /** Registers a device that nobody has activated yet. Gives whether it was not known before, too. */
  async register(
    asker: TokenPrincipal,
    licenseId: string,
    fingerprint: string,
    name: string | null,
    requestId: string,
  ): Promise<{ isNew: boolean; device: DeviceRepresentation }> {
    const decided = await this.submit(
      { requestId, dryRun: false },
      {
        command: { type: 'register', actor: actorOf(asker), fingerprint, newDeviceId: uuidv7(), name },
        address: { by: 'license', id: licenseId },
        organizationId: organizationSeenBy(asker),
        proof: null,
        requestId,
      },
    );
    return { isNew: decided.outcome.kind === 'changed', device: deviceIn(decided) };
  }

  /** Gives a device a name that stays. */
  async rename(asker: TokenPrincipal, id: string, name: string, requestId: string): Promise<DeviceRepresentation> {
    const decided = await this.submit(
      { requestId, dryRun: false },
      {
        command: { type: 'rename', actor: actorOf(asker), deviceId: id, name },
        ...addressOf(id),
        organizationId: organizationSeenBy(asker),
        requestId,
      },
    );
    return deviceIn(decided);
  }

  /** An owner frees the seat of a device that cannot be reached any more (R7, R8). */
  async remotelyDeactivate(asker: TokenPrincipal, id: string, note: string | null, wish: Wish): Promise<DeviceAnswer> {
    return this.deactivate(asker, id, wish, {
      type: 'remotelyDeactivate',
      actor: actorOf(asker),
      deviceId: id,
      note,
    });
  }

  /** A support agent does it on a ticket, whatever the setting says (R9). */
  async forceDeactivate(
    asker: TokenPrincipal,
    id: string,
    ticketId: string,
    note: string,
    wish: Wish,
  ): Promise<DeviceAnswer> {
    return this.deactivate(asker, id, wish, {
      type: 'forceDeactivate',
      actor: actorOf(asker),
      deviceId: id,
      ticketId,
      note,
    });
  }

  private async deactivate(
    asker: TokenPrincipal,
    id: string,
    wish: Wish,
    command: Submission['command'],
  ): Promise<DeviceAnswer> {
    const decided = await this.submit(wish, {
      command,
      ...addressOf(id),
      organizationId: organizationSeenBy(asker),
      requestId: wish.requestId,
    });
    return { device: deviceIn(decided), ...previewOf(decided, wish) };
  }

  private async submit(wish: Wish, submission: Submission): Promise<Accepted> {
    const { coordinator } = this;
    return this.refusals.accepted(
      () => (wish.dryRun ? coordinator.preview(submission) : coordinator.submit(submission)),
      wish,
    );
  }

  /** Submits what a device claims to want; where the claim does not hold, says what is true of it. */
  private async submitClaimed(
    request: FastifyRequest,
    claim: DeviceClaim,
    wish: Wish,
    submission: Submission,
  ): Promise<Accepted> {
    const claimed: Submission = { ...submission, proof: { kind: 'deviceToken', tokenHash: claim.tokenHash } };
    const run = () => (wish.dryRun ? this.coordinator.preview(claimed) : this.coordinator.submit(claimed));
    const result = await run();
    if (isAccepted(result)) return result;
    const isExplained = result.kind !== 'proofRejected' && result.kind !== 'notFound';
    if (isExplained) return this.refusals.accepted(() => Promise.resolve(result), wish);
    const { deviceId } = await this.credentials.explainClaim(request, claim, submission.address.id);
    // Right after all: the device may have got this token in the meantime.
    if (deviceId !== submission.address.id) throw new ProblemError('notFound');
    return this.refusals.accepted(run, wish);
  }

  /** Notes the first use of a token. Where nothing can be written now, reading goes on, and its next use will be the first. */
  private async confirmToken(deviceId: string, tokenHash: string): Promise<void> {
    try {
      await this.coordinator.record((session) => confirmFirstUse(session, deviceId, tokenHash));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'overloaded') throw error;
    }
  }
}

function addressOf(deviceId: string): Pick<Submission, 'address' | 'organizationId' | 'proof'> {
  return { address: { by: 'device', id: deviceId }, organizationId: null, proof: null };
}

/** The device that a decision was about, as it is afterwards. */
function deviceIn({ outcome, rows, now }: Accepted): DeviceRepresentation {
  const device = rows.devices.get(outcome.subjectId);
  if (device === undefined) throw new Error(`the decision about device ${outcome.subjectId} has lost it`);
  return presentDevice(device, rows.setting, now);
}
