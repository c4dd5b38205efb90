/**
 * Reads a license's new history rows and holds them against the rows that the oracle expects. Rows of one step are compared subject by subject, as the contract
 * gives no order between subjects. Refused activations are only counted, since repeats of a minute are gathered into one row. Never writes.
 */
import { ok } from 'node:assert';
import { accepted } from '../../support/scene.js';
import { type List, type Transition } from '../../support/representations.js';
import { type TestServer } from '../../support/server.js';
import { instant } from './duration.js';
import { type ExpectedRow, known, type OracleLicense, type World } from './world.js';
import { same } from './same.js';

const gatheringMillis = 60_000;

/** Follows the history of one license through a walk. */
export class HistoryCheck {
  private lastSequence = 0;
  private checkedRows = 0;
  private readonly checkInsOf = new Map<string, number>();
  private readonly refusedOf = new Map<string, number>();

  /** Reads what was appended since the last time and throws where it is not what must be there. */
  async compare(server: TestServer, world: World, license: OracleLicense): Promise<void> {
    const rows = await this.newRows(server, license.id);
    const expected = license.rows.slice(this.checkedRows);
    this.checkedRows = license.rows.length;
    for (const row of rows) this.checkRow(row, license, world.now);
    const appended = rows.filter((row) => row.outcome === 'accepted' && !isOptional(row));
    for (const subject of new Set([
      ...expected.map(subjectOfExpected),
      ...appended.map((row) => subjectOfRow(row, license)),
    ])) {
      same(
        appended.filter((row) => subjectOfRow(row, license) === subject).map(shape),
        expected.filter((row) => subjectOfExpected(row) === subject).map(expectedShape),
        `the new rows of ${subject}`,
      );
    }
    this.checkLooseFields(appended, expected, license);
    this.checkRefusals(world, license);
  }

  private async newRows(server: TestServer, licenseId: string): Promise<Transition[]> {
    const rows: Transition[] = [];
    let cursor: string | null = null;
    do {
      const page: List<Transition> = accepted(
        await server.request<List<Transition>>(
          'GET',
          `/v1/licenses/${licenseId}/transitions?limit=200${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        ),
      );
      rows.push(...page.items);
      cursor = page.items.some((row) => row.sequence <= this.lastSequence) ? null : page.nextCursor;
    } while (cursor !== null);
    const fresh = rows.filter((row) => row.sequence > this.lastSequence).reverse();
    same(
      fresh.map((row) => row.sequence),
      fresh.map((_, index) => this.lastSequence + 1 + index),
      'sequences without a gap',
    );
    this.lastSequence += fresh.length;
    return fresh;
  }

  private checkRow(row: Transition, license: OracleLicense, now: number): void {
    same(row.licenseId, license.id, 'licenseId');
    ok(row.recordedAt >= row.at && row.recordedAt <= instant(now), `recorded at ${row.recordedAt}, ${row.at} to now`);
    if (row.machine === 'device' && row.subjectId !== null) {
      this.checkInsOf.set(row.subjectId, (this.checkInsOf.get(row.subjectId) ?? 0) + row.checkIns);
    }
    if (row.outcome !== 'refused') return same([row.reason, row.count], [null, 1], 'an accepted row');
    same(row.from, row.to, 'a refusal changes nothing');
    ok(row.reason !== null && row.count >= 1, 'a refusal has a reason and counts');
    if (row.event !== 'activate') return;
    const key = refusalKey(row.subjectId, row.reason);
    this.refusedOf.set(key, (this.refusedOf.get(key) ?? 0) + row.count);
  }

  private checkLooseFields(rows: Transition[], expected: ExpectedRow[], license: OracleLicense): void {
    for (const wanted of expected) {
      const row = known(
        rows.find(
          (one) =>
            subjectOfRow(one, license) === subjectOfExpected(wanted) &&
            one.from === wanted.from &&
            one.to === wanted.to,
        ),
        'row',
      );
      if (wanted.event !== undefined) same(row.event, wanted.event, 'event');
      if (wanted.ticketId !== undefined) same(row.ticketId, wanted.ticketId, 'ticketId');
      if (wanted.actor !== null) ok(wanted.actor.includes(row.actor.kind), `${row.event} by ${row.actor.kind}`);
      const device = license.devices.find((one) => one.id === row.subjectId);
      if (device === undefined || wanted.machine !== 'device') continue;
      same(this.checkInsOf.get(row.subjectId ?? '') ?? 0, device.connections, 'the check-ins that the rows count');
    }
  }

  private checkRefusals(world: World, license: OracleLicense): void {
    const keys = new Set<string>();
    for (const tally of license.refusals) {
      const device = license.devices.find((one) => one.fingerprint === tally.fingerprint);
      const key = refusalKey(tally.fingerprint === null ? null : (device?.id ?? null), tally.reason);
      keys.add(key);
      const seen = this.refusedOf.get(key) ?? 0;
      const isGathered = world.now >= tally.lastAt + gatheringMillis;
      ok(
        isGathered ? seen === tally.times : seen >= 1 && seen <= tally.times,
        `${seen} refusals recorded of ${tally.times}: ${key}`,
      );
    }
    for (const key of this.refusedOf.keys()) ok(keys.has(key), `a refusal that never was: ${key}`);
  }
}

/** The contract demands the births of devices and licenses; a setting's, a ticket's and a device's new name may be rows, too. */
function isOptional(row: Transition): boolean {
  if (row.machine === 'device') return row.from !== null && row.from === row.to && row.event !== 'reseat';
  return row.from === null && row.machine !== 'license';
}

function refusalKey(deviceId: string | null, reason: string | null): string {
  return `${deviceId ?? 'unknown devices'} ${reason}`;
}

function subjectOfExpected(row: ExpectedRow): string {
  return `${row.machine} ${row.subject}`;
}

function subjectOfRow(row: Transition, license: OracleLicense): string {
  const device = license.devices.find((one) => one.id === row.subjectId);
  return `${row.machine} ${row.subjectId === license.id ? 'license' : (device?.fingerprint ?? row.subjectId)}`;
}

function shape(row: Transition): object {
  return { from: row.from, to: row.to, at: row.at, note: row.note };
}

function expectedShape(row: ExpectedRow): object {
  return { from: row.from, to: row.to, at: instant(row.at), note: row.note };
}
