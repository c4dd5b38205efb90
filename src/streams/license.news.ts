/**
 * What is new in a license since a place in its history: one read for all its streams, however many there are. The rows say which
 * representations can have changed, so nothing else is read.
 */
import type { RecordedStep } from '../coordinator/result.js';
import { presentLicense } from '../licenses/license.presenter.js';
import type { SettledLicense } from '../licenses/settled.js';
import type { Session } from '../persistence/session.js';
import { deviceBlock, licenseBlock, rowBlock, settingBlock, type Audience, type ShownBlock } from './shown.block.js';
import { findPosition, presentDevices, rowsAfter } from './stream.queries.js';
import type { Subscription } from './subscription.js';

/** Rows that one read takes; what is left is read next. */
const rowsPerRead = 100;

/** For whom it is read. */
export interface Listeners {
  /** Whether the whole license is listened to. */
  readonly license: boolean;
  /** Devices that are listened to on their own. */
  readonly devices: ReadonlySet<string> | ReadonlyMap<string, unknown>;
}

export class LicenseNews {
  private readonly texts = new Map<RecordedStep, Record<Audience, string | undefined>>();
  private readonly wholes = new Map<string, Buffer>();

  constructor(
    private readonly rows: readonly RecordedStep[],
    private readonly devices: ReadonlyMap<string, ShownBlock>,
    private readonly license: ShownBlock | null,
    private readonly setting: ShownBlock | null,
    /** The history up to here is in it. */
    readonly sequence: number,
    /** Devices that somebody listens to, and that are offered something else now, because the setting has moved; to be read in parts. */
    readonly others: readonly string[] = [],
  ) {}

  /** Whether more is written than one read takes. */
  get isPart(): boolean {
    return this.rows.length === rowsPerRead;
  }

  /** Writes what is new to a subscription, and moves it on. */
  writeTo(subscription: Subscription): void {
    const { scope, stream } = subscription;
    const chunk =
      scope.deviceId === null ? this.forLicense(subscription) : this.forDevice(subscription, scope.deviceId);
    subscription.sequence = Math.max(subscription.sequence, this.sequence);
    if (chunk !== null) stream.write(chunk);
  }

  private forDevice(subscription: Subscription, deviceId: string): string | null {
    const text = this.rows
      .filter((row) => row.subjectId === deviceId && row.sequence > subscription.sequence)
      .map((row) => this.textOf(row, subscription.audience));
    return text.join('') + subscription.news('device', this.devices.get(deviceId)) || null;
  }

  /** Streams of one license are mostly at the same place, so they share one text. */
  private forLicense(subscription: Subscription): Buffer | null {
    const { sequence, audience } = subscription;
    const license = subscription.news('license', this.license);
    const setting = subscription.news('remoteDeactivation', this.setting);
    const key = `${sequence} ${license === '' ? '' : 'license'} ${setting === '' ? '' : 'setting'}`;
    const made = this.wholes.get(key);
    if (made !== undefined) return made.length === 0 ? null : made;
    const rows = this.rows.filter((row) => row.sequence > sequence).map((row) => this.textOf(row, audience));
    const subjects = new Set(this.rows.filter((row) => row.sequence > sequence).map((row) => row.subjectId ?? ''));
    const devices = [...this.devices].flatMap(([id, { text }]) => (subjects.has(id) ? [text] : []));
    const whole = Buffer.from(rows.join('') + devices.join('') + license + setting);
    this.wholes.set(key, whole);
    return whole.length === 0 ? null : whole;
  }

  private textOf(row: RecordedStep, audience: Audience): string {
    let texts = this.texts.get(row);
    if (texts === undefined) this.texts.set(row, (texts = { people: undefined, device: undefined }));
    return (texts[audience] ??= rowBlock(row, audience));
  }
}

/** Reads what is new after a sequence, settled at `now`; null where the license does not exist. */
export async function readNews(
  session: Session,
  licenseId: string,
  after: number,
  listeners: Listeners,
  now: number,
): Promise<LicenseNews | null> {
  const rows = await rowsAfter(session, { licenseId, deviceId: null }, after, rowsPerRead);
  const sequence = rows.at(-1)?.sequence ?? after;
  const accepted = rows.filter(({ outcome }) => outcome === 'accepted');
  if (accepted.length === 0) return new LicenseNews(rows, new Map(), null, null, sequence);
  const position = await findPosition(session, licenseId, now);
  if (position === null) return null;
  const { settled } = position;
  const subjects = subjectsOf(accepted, listeners);
  const blocks = await showDevices(session, settled, [...subjects]);
  // Of a license and its setting only the latest is of use.
  const isLast = rows.length < rowsPerRead;
  const shown = listeners.license && isLast ? await showLicense(session, settled) : { license: null, setting: null };
  const others = hasMoved(accepted) ? [...listeners.devices.keys()].filter((id) => !subjects.has(id)) : [];
  return new LicenseNews(rows, blocks, shown.license, shown.setting, sequence, others);
}

/** The present representations of some devices of a license, as it is at `now`, as blocks. */
export async function readDevices(
  session: Session,
  licenseId: string,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, ShownBlock>> {
  const position = await findPosition(session, licenseId, now);
  return position === null ? new Map() : showDevices(session, position.settled, ids);
}

async function showDevices(
  session: Session,
  settled: SettledLicense,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownBlock>> {
  const devices = await presentDevices(session, settled, ids);
  return new Map([...devices].map(([id, device]) => [id, deviceBlock(device)]));
}

/** A license and its setting as blocks. */
export async function showLicense(
  session: Session,
  settled: SettledLicense,
): Promise<{ license: ShownBlock; setting: ShownBlock }> {
  const license = await presentLicense(session, settled);
  return { license: licenseBlock(license), setting: settingBlock(license.remoteDeactivation) };
}

/** The devices that the rows are about and somebody listens to. */
function subjectsOf(rows: readonly RecordedStep[], listeners: Listeners): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { machine, subjectId } of rows) {
    const isHeard = subjectId !== null && (listeners.license || listeners.devices.has(subjectId));
    if (machine === 'device' && isHeard) ids.add(subjectId);
  }
  return ids;
}

/** Whether the setting moved, which decides what is offered for every device. */
function hasMoved(rows: readonly RecordedStep[]): boolean {
  return rows.some(({ machine }) => machine === 'remoteDeactivation');
}
