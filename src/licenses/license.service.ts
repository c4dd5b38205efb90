/** Licenses, between HTTP and the coordinator: issuing, reading, changing, and the commands of the vendor. It knows no rule. */
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Command, type DeviceState, issue, type LicenseTerms } from '../../machines/index.js';
import { answerOnce, type CreatingRequest } from '../auth/idempotency.js';
import { actorOf, type TokenPrincipal } from '../auth/principal.js';
import { hashSecret, hintOf, newSecret, secretPrefixes } from '../auth/secret.js';
import { Clock, systemNow } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import type { Accepted } from '../coordinator/refusal.problem.js';
import { addSeats, appendSteps } from '../coordinator/statements.js';
import { presentDevice } from '../devices/device.presenter.js';
import { type LastSeenKey, lastSeenKeyOf, listDevices } from '../devices/device.queries.js';
import type { DeviceRepresentation } from '../devices/device.schemas.js';
import { Cursor, type Page } from '../http/cursor.js';
import { type IfMatch, uuid } from '../http/schema.js';
import { findOrganization } from '../organizations/organization.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { invalidRequest, ProblemError } from '../problems/problem.js';
import { presentLicense } from './license.presenter.js';
import { findLicense, insertLicense, listLicenses, listSeats } from './license.queries.js';
import type {
  IssuedLicense,
  LicenseChange,
  LicenseRepresentation,
  LicensesQuery,
  NewLicense,
  Seat,
} from './license.schemas.js';
import { RefusalDetails } from './refusal.details.js';
import { organizationSeenBy } from './seen-license.queries.js';
import { settleDevice, type SettledLicense, settleLicense } from './settled.js';

const defaultCheckInPeriod = { text: 'P30D', millis: 30 * 24 * 60 * 60 * 1000 };

const licenseCursor = new Cursor(uuid);
const seatCursor = new Cursor(z.int().min(0));
const deviceCursor = new Cursor<LastSeenKey>(z.tuple([z.int(), uuid]));

@Injectable()
export class LicenseService {
  constructor(
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RefusalDetails) private readonly refusals: RefusalDetails,
  ) {}

  /** Issues a license, and says its key this once. Throws `notFound` for an unknown organization, `idempotencyKeyReused`. */
  async issue(
    asker: TokenPrincipal,
    request: CreatingRequest,
    wish: NewLicense,
    requestId: string,
  ): Promise<IssuedLicense> {
    const answer = await this.coordinator.record(async (session, now) => {
      if ((await findOrganization(session, wish.organizationId)) === null) {
        throw new ProblemError('notFound', 'There is no such organization.');
      }
      return answerOnce(request, session, systemNow(), async () => {
        const key = newSecret(secretPrefixes.licenseKey);
        const occasion = { actor: actorOf(asker), at: now };
        const { license, setting, step } = issue(termsOf(wish, key), wish.remoteDeactivation ?? 'enabled', occasion);
        const { organizationId, product } = wish;
        const record = { license, setting, organizationId, product, lastSequence: 1 };
        await insertLicense(session, record, now);
        await addSeats(session, license.id, 1, license.seats);
        const place = { licenseId: license.id, sequence: 1, recordedAt: now, requestId, count: 1 };
        await appendSteps(session, [{ ...step, ...place }]);
        const shown = await presentLicense(session, await settleLicense(session, record, now));
        return { status: 201, body: { license: shown, key } };
      });
    });
    return answer.body;
  }

  /** A page of the licenses that the asker sees, in the order in which they were issued. */
  async list(asker: TokenPrincipal, query: LicensesQuery): Promise<Page<LicenseRepresentation>> {
    const { limit } = query;
    const start = licenseCursor.read(query.cursor) ?? '';
    return this.database.read(async (session) => {
      const now = await this.clock.nowIn(session);
      const records = await listLicenses(session, organizationSeenBy(asker), query, now, start, limit + 1);
      const { items, nextCursor } = licenseCursor.page(records, limit, ({ license }) => license.id);
      const shown = [];
      for (const record of items) shown.push(await presentLicense(session, await settleLicense(session, record, now)));
      return { items: shown, nextCursor };
    });
  }

  /** One license. Throws `notFound`. */
  async find(asker: TokenPrincipal, id: string): Promise<LicenseRepresentation> {
    return this.database.read(async (session) => presentLicense(session, await this.settled(session, asker, id)));
  }

  /** A page of the seats with who occupies them. Throws `notFound`. */
  async seats(asker: TokenPrincipal, id: string, limit: number, after: string | undefined): Promise<Page<Seat>> {
    const start = seatCursor.read(after) ?? 0;
    return this.database.read(async (session) => {
      const settled = await this.settled(session, asker, id);
      const rows = await listSeats(session, id, start, limit + 1);
      const { items, nextCursor } = seatCursor.page(rows, limit, ({ number }) => number);
      return {
        items: items.map(({ number, device }) => {
          const occupant = device === null ? null : settleDevice(settled, device);
          const isOccupied = occupant !== null && occupant.seat !== null;
          return { number, device: isOccupied ? presentDevice(occupant, settled.setting, settled.now) : null };
        }),
        nextCursor,
      };
    });
  }

  /** A page of the devices, last seen first. Throws `notFound`. */
  async devices(
    asker: TokenPrincipal,
    id: string,
    states: readonly DeviceState[],
    limit: number,
    after: string | undefined,
  ): Promise<Page<DeviceRepresentation>> {
    const start = deviceCursor.read(after);
    return this.database.read(async (session) => {
      const settled = await this.settled(session, asker, id);
      const rows = await listDevices(session, id, states, settled.now, start, limit + 1);
      const { items, nextCursor } = deviceCursor.page(rows, limit, lastSeenKeyOf);
      return {
        items: items.map((device) => presentDevice(settleDevice(settled, device), settled.setting, settled.now)),
        nextCursor,
      };
    });
  }

  /** Changes seats, period or Support & Upgrade of the version that was seen. */
  async change(
    asker: TokenPrincipal,
    id: string,
    ifMatch: IfMatch | null,
    change: LicenseChange,
    requestId: string,
  ): Promise<LicenseRepresentation> {
    return this.command(asker, id, { type: 'change', actor: actorOf(asker), ...change }, requestId, ifMatch);
  }

  /** Suspends, reinstates or revokes. */
  async move(
    asker: TokenPrincipal,
    id: string,
    type: 'suspend' | 'reinstate' | 'revoke',
    requestId: string,
  ): Promise<LicenseRepresentation> {
    return this.command(asker, id, { type, actor: actorOf(asker) }, requestId);
  }

  /** Gives a license a new validity, which has to end later than now. */
  async renew(
    asker: TokenPrincipal,
    id: string,
    validUntil: number | null,
    requestId: string,
  ): Promise<LicenseRepresentation> {
    if (validUntil !== null && validUntil <= (await this.database.read((session) => this.clock.nowIn(session)))) {
      throw invalidRequest([{ path: 'validUntil', message: 'must be a time to come, or null' }]);
    }
    return this.command(asker, id, { type: 'renew', actor: actorOf(asker), validUntil }, requestId);
  }

  /** Replaces the license key (R8), and says the new one this once. */
  async replaceKey(asker: TokenPrincipal, id: string, requestId: string): Promise<IssuedLicense> {
    const key = newSecret(secretPrefixes.licenseKey);
    const license = await this.command(
      asker,
      id,
      { type: 'replaceKey', actor: actorOf(asker), keyHash: hashSecret(key), keyHint: hintOf(key) },
      requestId,
    );
    return { license, key };
  }

  private async command(
    asker: TokenPrincipal,
    id: string,
    command: Command,
    requestId: string,
    ifMatch?: IfMatch | null,
  ): Promise<LicenseRepresentation> {
    const submission = {
      command,
      address: { by: 'license', id },
      organizationId: organizationSeenBy(asker),
      proof: null,
      ifMatch,
      requestId,
    } as const;
    const decided = await this.refusals.accepted(() => this.coordinator.submit(submission), {
      requestId,
      dryRun: false,
    });
    return this.database.read(async (session) => {
      // The setting is shown with its blocking devices, which are read now; so it is read with them.
      const { setting } = await this.settled(session, asker, id);
      return presentLicense(session, { ...settledIn(decided), setting });
    });
  }

  private async settled(session: Session, asker: TokenPrincipal, id: string): Promise<SettledLicense> {
    const record = await findLicense(session, id, organizationSeenBy(asker));
    if (record === null) throw new ProblemError('notFound', 'There is no such license.');
    return settleLicense(session, record, await this.clock.nowIn(session));
  }
}

/** The license as a decision has left it: settled already. */
function settledIn({ rows, organizationId, product, now }: Accepted): SettledLicense {
  return { license: rows.license, setting: rows.setting, organizationId, product, now };
}

/** What is asked for, with the defaults of the contract. */
function termsOf(wish: NewLicense, key: string): LicenseTerms {
  const period = wish.checkInPeriod ?? defaultCheckInPeriod;
  return {
    id: uuidv7(),
    seats: wish.seats,
    checkInPeriod: period.text,
    checkInPeriodMillis: period.millis,
    validUntil: wish.validUntil ?? null,
    supportAndUpgradeUntil: wish.supportAndUpgradeUntil ?? null,
    keyHash: hashSecret(key),
    keyHint: hintOf(key),
  };
}
