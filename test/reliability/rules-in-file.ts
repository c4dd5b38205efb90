/**
 * Reads a database file by hand, past the server, and says which rules are broken in it: R1, R3, R6, R7 and the history's (R11). Replays the history of each
 * license with a small account of its own. Opens the file read-only.
 */
import Database from 'better-sqlite3';

interface LicenseRow {
  id: string;
  status: string;
  seats: number;
  last_sequence: number;
  setting: string;
}

interface DeviceRow {
  id: string;
  state: string;
}

interface HistoryRow {
  sequence: number;
  machine: string;
  subject_id: string;
  event: string;
  from_state: string | null;
  to_state: string | null;
}

/** Sentences, one for each broken rule; none where all hold, or where the database is no SQLite file: there the doctor looks alone. */
export function brokenRules(databaseUrl: string): string[] {
  const [, file] = /^sqlite:(.+)$/.exec(databaseUrl) ?? [];
  if (file === undefined) return [];
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    // One snapshot for all questions, should a server be writing meanwhile.
    return database.transaction(() => [
      ...brokenFile(database),
      ...brokenSeats(database),
      ...database
        .prepare<[], LicenseRow>(
          `SELECT license.id, status, seats, last_sequence, remote_deactivation.state AS setting
           FROM license JOIN remote_deactivation ON license_id = license.id`,
        )
        .all()
        .flatMap((license) => brokenHistory(database, license)),
    ])();
  } finally {
    database.close();
  }
}

function brokenFile(database: Database.Database): string[] {
  const damage = database.pragma('quick_check(5)', { simple: true });
  const strays = database.pragma('foreign_key_check') as unknown[];
  return [
    ...(damage === 'ok' ? [] : [`the file is damaged: ${String(damage)}`]),
    ...strays.map((stray) => `a reference to nothing: ${JSON.stringify(stray)}`),
  ];
}

/** R1 and R3: seats and active devices are two views of the same thing, and there are as many seats as the license says. */
function brokenSeats(database: Database.Database): string[] {
  const questions = {
    'active without a seat of its own (R3)': `SELECT id FROM device WHERE state = 'active' AND NOT EXISTS (
      SELECT 1 FROM seat WHERE seat.license_id = device.license_id AND seat.device_id = device.id AND seat.number = device.seat_number)`,
    'on a seat without being active (R3)': `SELECT device_id AS id FROM seat JOIN device ON device.id = device_id WHERE device.state <> 'active'`,
    'not active and yet with a deactivation date (R4)': `SELECT id FROM device WHERE state <> 'active' AND deactivation_date IS NOT NULL`,
    'a license with another number of seats than it says (R1)': `SELECT id FROM license WHERE seats <> (SELECT count(*) FROM seat WHERE license_id = license.id)`,
    'a license with more active devices than seats (R1)': `SELECT id FROM license WHERE seats < (
      SELECT count(*) FROM device WHERE license_id = license.id AND state = 'active')`,
  };
  return Object.entries(questions).flatMap(([what, question]) =>
    database
      .prepare<[], { id: string }>(question)
      .all()
      .map(({ id }) => `${id}: ${what}`),
  );
}

function brokenHistory(database: Database.Database, license: LicenseRow): string[] {
  const sequences = database
    .prepare<[string], { sequence: number }>('SELECT sequence FROM transition WHERE license_id = ? ORDER BY sequence')
    .all(license.id)
    .map((row) => row.sequence);
  const rows = database
    .prepare<[string], HistoryRow>(
      `SELECT sequence, machine, subject_id, event, from_state, to_state FROM transition
       WHERE license_id = ? AND outcome = 'accepted' ORDER BY sequence`,
    )
    .all(license.id);
  const devices = database
    .prepare<[string], DeviceRow>('SELECT id, state FROM device WHERE license_id = ?')
    .all(license.id);
  const hasGap =
    sequences.some((sequence, index) => sequence !== index + 1) || sequences.length !== license.last_sequence;
  return [
    ...(hasGap ? [`${license.id}: its history has a gap or does not end at ${license.last_sequence} (R11)`] : []),
    ...brokenChains(rows, presentStates(license, devices)),
    ...brokenReplay(license, rows),
  ];
}

function presentStates(license: LicenseRow, devices: DeviceRow[]): Map<string, string> {
  return new Map([
    [`license ${license.id}`, license.status],
    [`remoteDeactivation ${license.id}`, license.setting],
    ...devices.map(({ id, state }): [string, string] => [`device ${id}`, state]),
  ]);
}

/** R11: each row begins where the subject's previous one ended, and the last one ends where the subject is. */
function brokenChains(rows: HistoryRow[], present: Map<string, string>): string[] {
  const broken: string[] = [];
  const last = new Map<string, string | null>();
  for (const row of rows) {
    const subject = `${row.machine} ${row.subject_id}`;
    const hasBirth = row.machine === 'device' || row.machine === 'license';
    const before = last.has(subject) ? last.get(subject) : hasBirth ? null : row.from_state;
    if (row.from_state !== before)
      broken.push(`${subject}: row ${row.sequence} is from ${row.from_state} after ${before} (R11)`);
    last.set(subject, row.to_state);
  }
  for (const [subject, state] of present) {
    const isUntouchedSetting = subject.startsWith('remoteDeactivation') && !last.has(subject);
    if (!isUntouchedSetting && last.get(subject) !== state) {
      broken.push(`${subject}: is ${state}, but its history ends with ${last.get(subject)} (R11)`);
    }
  }
  return broken;
}

/** R6 and R7 at every row: who joined the present enabling, whom it waits for, and who was deactivated remotely. */
function brokenReplay(license: LicenseRow, rows: HistoryRow[]): string[] {
  const broken: string[] = [];
  const active = new Set<string>();
  const joined = new Set<string>();
  const settingRows = rows.filter((row) => row.machine === 'remoteDeactivation');
  let setting = settingRows[0] === undefined ? license.setting : (settingRows[0].from_state ?? settingRows[0].to_state);
  const waitedFor = (): boolean => [...active].some((id) => !joined.has(id));
  for (const row of rows) {
    const say = (sentence: string): void => void broken.push(`${license.id} row ${row.sequence}: ${sentence}`);
    if (setting === 'enabling' && !waitedFor() && isOwnStep(row)) say('it waits for nobody (R6)');
    if (row.machine === 'device') {
      if (row.event === 'remotelyDeactivate' && (setting !== 'enabled' || !joined.has(row.subject_id))) {
        say(`deactivated remotely while ${setting}, ${joined.has(row.subject_id) ? 'joined' : 'not joined'} (R7)`);
      }
      if (row.to_state !== 'active') {
        active.delete(row.subject_id);
        joined.delete(row.subject_id);
      } else if (row.from_state !== 'active') {
        active.add(row.subject_id);
        if (setting !== 'disabled') joined.add(row.subject_id);
      }
    }
    if (row.machine === 'remoteDeactivation' && row.from_state !== null) {
      if (row.from_state === 'disabled' || row.to_state === 'disabled') joined.clear();
      if (row.event !== 'forceEnable' && row.to_state === 'enabled' && waitedFor())
        say('enabled with a blocking device (R6)');
      if (row.to_state === 'enabling' && !waitedFor()) say('enabling without a blocking device (R6)');
      setting = row.to_state;
    }
  }
  if (setting === 'enabling' && !waitedFor()) broken.push(`${license.id}: it waits for nobody at the end (R6)`);
  return broken;
}

/** Steps that begin something new. The others may stand among the rows of the step that ended the wait. */
function isOwnStep(row: HistoryRow): boolean {
  return row.machine === 'device' && row.event !== 'expire' && row.event !== 'reseat';
}
