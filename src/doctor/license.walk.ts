/**
 * Walks through the history of one license after the other and replays who sat where: no gap (R11), never two devices on a seat at
 * any time (R1), the setting waited for the right devices (R6), nobody was deactivated remotely who could not be (R7). Remembers
 * the occupied seats of the present license and nothing else.
 */
import type { Session } from '../persistence/session.js';
import type { Rule } from './finding.js';
import type { Findings } from './findings.js';
import { type HistoryRow, pagesByLicense } from './history.pages.js';

interface Sitting {
  readonly deviceId: string;
  readonly epoch: number | null;
}

/** The license that is being replayed. */
interface Scene {
  readonly licenseId: string;
  sequence: number;
  /** Null until a row has told it. */
  setting: { readonly state: string; readonly epoch: number | null } | null;
  readonly seats: Map<number, Sitting>;
  readonly seatOf: Map<string, number>;
  /** How many sit that did not activate under the setting's epoch, while it is enabling. */
  blocking: number;
}

/** Replays every license; adds what the rules did not allow. */
export async function walkLicenses(session: Session, findings: Findings): Promise<void> {
  let scene: Scene | null = null;
  for await (const page of pagesByLicense(session)) {
    for (const row of page) {
      if (scene?.licenseId !== row.license_id) scene = newScene(row.license_id);
      await replay(session, scene, row, findings);
    }
  }
}

function newScene(licenseId: string): Scene {
  return { licenseId, sequence: 0, setting: null, seats: new Map(), seatOf: new Map(), blocking: 0 };
}

async function replay(session: Session, scene: Scene, row: HistoryRow, findings: Findings): Promise<void> {
  const say: Say = (code, rule, sentence) => findings.addRow(row, code, rule, sentence);
  if (row.sequence !== scene.sequence + 1) {
    say('historyGap', 'R11', `the row before it is ${scene.sequence}, so the history has a gap.`);
  }
  scene.sequence = row.sequence;
  if (row.outcome !== 'accepted' || row.subject_id === null) return;
  if (scene.setting?.state === 'enabling' && scene.blocking === 0 && row.machine !== 'remoteDeactivation') {
    say('waitedForNobody', 'R6', 'the last blocking device had left, and the setting was not enabled with it.');
    scene.setting = { ...scene.setting, state: 'enabled' };
  }
  if (row.machine === 'device') {
    if (row.event === 'remotelyDeactivate') await judgeRemoteDeactivation(session, scene, row, say);
    moveDevice(scene, row, row.subject_id, say);
  } else if (row.machine === 'remoteDeactivation') {
    moveSetting(scene, row, say);
  }
}

type Say = (code: string, rule: Rule, sentence: string) => void;

function moveDevice(scene: Scene, row: HistoryRow, deviceId: string, say: Say): void {
  const before = scene.seatOf.get(deviceId);
  const seat = row.to_state === 'active' ? row.seat_number : null;
  if (row.to_state === 'active' && seat === null) say('rowWithoutSeat', 'R3', 'the device was active on no seat.');
  if (before !== undefined && before !== seat) leave(scene, deviceId, before);
  if (seat === null) return;
  const other = scene.seats.get(seat);
  if (other !== undefined && other.deviceId !== deviceId) {
    say('seatTakenTwice', 'R1', `device ${deviceId} took seat ${seat}, on which device ${other.deviceId} was.`);
    leave(scene, other.deviceId, seat);
  }
  if (scene.seats.get(seat)?.deviceId === deviceId) return;
  const sitting = { deviceId, epoch: row.epoch };
  scene.seats.set(seat, sitting);
  scene.seatOf.set(deviceId, seat);
  if (blocks(scene, sitting)) scene.blocking += 1;
}

function leave(scene: Scene, deviceId: string, seat: number): void {
  const sitting = scene.seats.get(seat);
  if (sitting?.deviceId === deviceId) {
    scene.seats.delete(seat);
    if (blocks(scene, sitting)) scene.blocking -= 1;
  }
  scene.seatOf.delete(deviceId);
}

function blocks({ setting }: Scene, { epoch }: Sitting): boolean {
  return setting?.state === 'enabling' && epoch !== setting.epoch;
}

function moveSetting(scene: Scene, row: HistoryRow, say: Say): void {
  scene.setting = { state: row.to_state ?? '', epoch: row.epoch };
  let others = 0;
  if (row.to_state !== 'disabled') for (const { epoch } of scene.seats.values()) if (epoch !== row.epoch) others += 1;
  scene.blocking = row.to_state === 'enabling' ? others : 0;
  if (row.to_state === 'enabling' && others === 0) {
    say('waitedForNobody', 'R6', 'it began to wait, and no device was active.');
  }
  if (row.to_state === 'enabled' && row.event !== 'forceEnable' && others > 0) {
    say('enabledTooEarly', 'R6', `it was enabled while ${others} blocking devices were active.`);
  }
}

async function judgeRemoteDeactivation(session: Session, scene: Scene, row: HistoryRow, say: Say): Promise<void> {
  scene.setting ??= await firstSetting(session, row.license_id);
  const { state, epoch } = scene.setting;
  const seat = scene.seatOf.get(row.subject_id ?? '');
  const sitting = seat === undefined ? undefined : scene.seats.get(seat);
  if (state !== 'enabled') {
    say('deactivatedAgainstSetting', 'R7', `the device was deactivated remotely while that was ${state}.`);
  } else if (sitting === undefined || (epoch !== null && sitting.epoch !== epoch)) {
    say('deactivatedWithoutButton', 'R7', 'the device was deactivated remotely without being of the present enabling.');
  }
}

/** The setting as it was before its first row: what that row begins from, or what it still is. */
async function firstSetting(session: Session, licenseId: string): Promise<{ state: string; epoch: number | null }> {
  const rows = await session.all<{ state: string | null }>(
    `SELECT from_state AS state FROM transition WHERE subject_id = ? AND machine = 'remoteDeactivation' ORDER BY sequence LIMIT 1`,
    [licenseId],
  );
  const present = await session.all<{ state: string }>('SELECT state FROM remote_deactivation WHERE license_id = ?', [
    licenseId,
  ]);
  return { state: rows[0]?.state ?? present[0]?.state ?? 'disabled', epoch: null };
}
