/** Damage done by hand to a copy of a database, past every constraint and trigger: what no server of ours can do. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { LivedIn } from './lived-in.database.js';

/** What is done, which code must name it, and which device or license must be named where it is one of them. */
export interface Damage {
  what: string;
  statements: (ids: LivedIn) => string[];
  code: string;
  rule: string;
  device?: keyof LivedIn;
}

const set = (table: string, fields: string, id: string): string => `UPDATE ${table} SET ${fields} WHERE id = '${id}'`;
const lastRow = (id: string): string =>
  `subject_id = '${id}' AND sequence = (SELECT max(sequence) FROM transition WHERE subject_id = '${id}')`;

/** Every kind that the doctor is shown to find. */
export const damages: readonly Damage[] = [
  {
    what: 'an active device without a seat',
    statements: ({ one }) => [
      set('device', 'seat_number = NULL', one),
      `UPDATE seat SET device_id = NULL WHERE device_id = '${one}'`,
    ],
    code: 'activeWithoutSeat',
    rule: 'R3',
    device: 'one',
  },
  {
    what: 'a seat of a device that has logged out',
    statements: ({ left, license }) => [
      `UPDATE seat SET device_id = '${left}' WHERE license_id = '${license}' AND number = 5`,
    ],
    code: 'seatOfInactiveDevice',
    rule: 'R2',
    device: 'left',
  },
  {
    what: 'a seat beyond those of the license',
    statements: ({ license }) => [`INSERT INTO seat (license_id, number) VALUES ('${license}', 6)`],
    code: 'seatBeyondLicense',
    rule: 'R1',
  },
  {
    what: 'two devices on one seat',
    statements: ({ two }) => [set('device', 'seat_number = 1', two)],
    code: 'twoDevicesOnOneSeat',
    rule: 'R1',
  },
  {
    what: 'one device on two seats',
    statements: ({ one, license }) => [
      `UPDATE seat SET device_id = '${one}' WHERE license_id = '${license}' AND number = 4`,
    ],
    code: 'oneDeviceOnTwoSeats',
    rule: 'R3',
    device: 'one',
  },
  {
    what: 'more active devices than seats',
    statements: ({ license }) => [set('license', 'seats = 1', license)],
    code: 'moreActiveThanSeats',
    rule: 'R1',
  },
  {
    what: 'a seat missing between others',
    statements: ({ license }) => [`DELETE FROM seat WHERE license_id = '${license}' AND number = 4`],
    code: 'seatMissing',
    rule: 'R1',
  },
  {
    what: 'the last seats missing',
    statements: ({ license }) => [`DELETE FROM seat WHERE license_id = '${license}' AND number > 3`],
    code: 'seatsTooFew',
    rule: 'R1',
  },
  {
    what: 'a seat of a device that does not exist',
    statements: ({ license }) => [
      `UPDATE seat SET device_id = 'nobody' WHERE license_id = '${license}' AND number = 3`,
    ],
    code: 'seatOfNobody',
    rule: 'R3',
  },
  {
    what: 'an active device without a deactivation date',
    statements: ({ one }) => [set('device', 'deactivation_date = NULL', one)],
    code: 'activeWithoutDate',
    rule: 'R4',
    device: 'one',
  },
  {
    what: 'a deactivation date of a device that is not active',
    statements: ({ left }) => [set('device', 'deactivation_date = 4102444800000', left)],
    code: 'inactiveWithDate',
    rule: 'R4',
    device: 'left',
  },
  {
    what: 'a deactivation date years after the last connection',
    statements: ({ two }) => [set('device', 'deactivation_date = deactivation_date + 100000000000', two)],
    code: 'dateOutOfReach',
    rule: 'R4',
    device: 'two',
  },
  {
    what: 'a sweep after the deactivation date',
    statements: ({ one }) => [set('device', 'sweep_at = deactivation_date + 1', one)],
    code: 'sweptTooLate',
    rule: 'R4',
    device: 'one',
  },
  {
    what: 'a lease that outlives the deactivation date',
    statements: ({ one }) => [set('device', 'lease_expires_at = lease_expires_at + 60000', one)],
    code: 'leaseTooLong',
    rule: 'R8',
    device: 'one',
  },
  {
    what: 'an enabling without a blocking device',
    statements: ({ blocking }) => [set('device', 'epoch = 1', blocking)],
    code: 'waitsForNobody',
    rule: 'R6',
  },
  {
    what: 'a device of an enabling that never was',
    statements: ({ two }) => [set('device', 'epoch = 7', two)],
    code: 'epochFromTheFuture',
    rule: 'R7',
    device: 'two',
  },
  {
    what: 'an enabled setting that was never enabled',
    statements: ({ waiting }) => [
      `UPDATE remote_deactivation SET state = 'enabled', epoch = 0 WHERE license_id = '${waiting}'`,
    ],
    code: 'settingUnknown',
    rule: 'R5',
  },
  {
    what: 'a license without its setting',
    statements: ({ waiting }) => [`DELETE FROM remote_deactivation WHERE license_id = '${waiting}'`],
    code: 'settingMissing',
    rule: 'R5',
  },
  {
    what: 'a device that claims to have been ended by somebody else',
    statements: ({ expired }) => [set('device', `ended_by_kind = 'device'`, expired)],
    code: 'endingUnfit',
    rule: 'R3',
    device: 'expired',
  },
  {
    what: 'an active device for which no token is good',
    statements: ({ two }) => [set('device', 'token_hash = NULL, next_token_hash = NULL', two)],
    code: 'activeWithoutToken',
    rule: 'R8',
    device: 'two',
  },
  {
    what: 'a token of a device that was never activated',
    statements: ({ idle }) => [set('device', `next_token_hash = 'forged'`, idle)],
    code: 'tokenBeforeActivation',
    rule: 'R8',
    device: 'idle',
  },
  {
    what: 'a device of a license that does not exist',
    statements: ({ idle }) => [set('device', `license_id = 'none'`, idle)],
    code: 'deviceOfNoLicense',
    rule: 'R3',
    device: 'idle',
  },
  {
    what: 'a state that the history does not end with',
    statements: ({ left }) => [set('device', `state = 'expired', ended_by_kind = 'expiry'`, left)],
    code: 'stateNotOfHistory',
    rule: 'R11',
    device: 'left',
  },
  {
    what: 'a row taken out of the history',
    statements: ({ license }) => [`DELETE FROM transition WHERE license_id = '${license}' AND sequence = 4`],
    code: 'historyGap',
    rule: 'R11',
  },
  {
    what: 'the end of the history cut off',
    statements: ({ license }) => [
      `DELETE FROM transition WHERE license_id = '${license}' AND sequence = (SELECT max(sequence) FROM transition WHERE license_id = '${license}')`,
    ],
    code: 'lastSequenceUnfit',
    rule: 'R11',
  },
  {
    what: 'a row that goes on from another state',
    statements: ({ left }) => [`UPDATE transition SET from_state = 'inactive' WHERE ${lastRow(left)}`],
    code: 'chainBroken',
    rule: 'R11',
    device: 'left',
  },
  {
    what: 'a step that the machine does not know',
    statements: ({ left }) => [`UPDATE transition SET event = 'remotelyDeactivate' WHERE ${lastRow(left)}`],
    code: 'stepUnknown',
    rule: 'R3',
    device: 'left',
  },
  {
    what: 'a history of a device that is gone',
    statements: ({ idle }) => [`DELETE FROM device WHERE id = '${idle}'`],
    code: 'historyOfNothing',
    rule: 'R11',
    device: 'idle',
  },
  {
    what: 'a history in which two devices sat on one seat at once',
    statements: ({ two }) => [
      `UPDATE transition SET seat_number = 3 WHERE subject_id = '${two}' AND event = 'activate'`,
    ],
    code: 'seatTakenTwice',
    rule: 'R1',
  },
  {
    what: 'check-ins that nothing tells of',
    statements: ({ one }) => [set('device', 'check_in_count = check_in_count + 5', one)],
    code: 'connectionsLost',
    rule: 'R11',
    device: 'one',
  },
  {
    what: 'a remote deactivation of a device of another enabling',
    statements: ({ deactivated }) => [
      `UPDATE transition SET event = 'remotelyDeactivate' WHERE event = 'forceDeactivate'`,
      set('device', 'version = version', deactivated),
    ],
    code: 'deactivatedAgainstSetting',
    rule: 'R7',
  },
  {
    what: 'an enabling that was over before its last blocking device had left',
    statements: ({ waiting }) => [
      `INSERT INTO transition SELECT license_id, sequence + 1, at, recorded_at, 'remoteDeactivation', license_id, 'blockingDeviceLeft',
         'enabling', 'enabled', outcome, reason, note, count, 0, 'system', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL
       FROM transition WHERE license_id = '${waiting}' ORDER BY sequence DESC LIMIT 1`,
      `UPDATE remote_deactivation SET state = 'enabled' WHERE license_id = '${waiting}'`,
      set('license', 'last_sequence = last_sequence + 1', waiting),
    ],
    code: 'enabledTooEarly',
    rule: 'R6',
  },
  {
    what: 'an expiry at another time than the deactivation date',
    statements: ({ expired }) => [`UPDATE transition SET at = at - 1000 WHERE ${lastRow(expired)}`],
    code: 'expiredAtWrongTime',
    rule: 'R4',
    device: 'expired',
  },
  {
    what: 'a forced deactivation without its ticket',
    statements: ({ ticket }) => [`DELETE FROM support_ticket WHERE id = '${ticket}'`],
    code: 'forcedWithoutTicket',
    rule: 'R9',
  },
];

/** A copy of the file with the damage done; every statement must have changed something. */
export function damaged(ids: LivedIn, { what, statements }: Pick<Damage, 'what' | 'statements'>): string {
  const file = join(mkdtempSync(join(tmpdir(), 'seatkeeper-doctor-')), 'seatkeeper.sqlite');
  copyFileSync(ids.file, file);
  const connection = new Sqlite(file);
  try {
    connection.pragma('foreign_keys = OFF');
    connection.pragma('ignore_check_constraints = ON');
    for (const trigger of ['transition_is_never_updated', 'transition_is_never_deleted']) {
      connection.exec(`DROP TRIGGER ${trigger}`);
    }
    for (const index of ['seat_device_unique', 'seat_occupant_unique', 'device_seat_unique']) {
      connection.exec(`DROP INDEX ${index}`);
    }
    for (const statement of statements(ids)) {
      if (connection.prepare(statement).run().changes === 0) throw new Error(`${what}: ${statement} changed nothing`);
    }
  } finally {
    connection.close();
  }
  return file;
}
