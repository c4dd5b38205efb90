/** R3, R4 and R8 in the row of a device: its dates, its lease and how it ended agree with its state. */
import { deviceStates } from '../../machines/index.js';
import type { RowCheck } from './row.check.js';

const dayMillis = 86_400_000;
/** The longest check-in period there is. */
const periodMillisMax = 366 * dayMillis;
const stateWords = deviceStates.map((state) => `'${state}'`).join(', ');

export const deviceChecks: readonly RowCheck[] = [
  {
    code: 'stateUnknown',
    rule: 'R3',
    question: `SELECT license_id, id AS device_id, state FROM device WHERE state NOT IN (${stateWords})`,
    sentence: ({ device_id, state }) => `Device ${device_id} is "${state}", which is no state.`,
  },
  {
    code: 'activeWithoutDate',
    rule: 'R4',
    question: `SELECT license_id, id AS device_id, seat_number AS seat FROM device
      WHERE state = 'active' AND deactivation_date IS NULL`,
    sentence: ({ device_id }) => `Device ${device_id} is active without a deactivation date: it would never expire.`,
  },
  {
    code: 'inactiveWithDate',
    rule: 'R4',
    question: `SELECT license_id, id AS device_id, state FROM device
      WHERE state <> 'active' AND deactivation_date IS NOT NULL`,
    sentence: ({ device_id, state }) => `Device ${device_id} is ${state} and yet has a deactivation date.`,
  },
  {
    code: 'dateOutOfReach',
    rule: 'R4',
    question: `SELECT license_id, id AS device_id, seat_number AS seat FROM device
      WHERE state = 'active' AND (last_seen_at IS NULL OR activated_at IS NULL OR last_seen_at < activated_at
        OR deactivation_date <= last_seen_at OR deactivation_date > last_seen_at + ${periodMillisMax})`,
    sentence: ({ device_id }) =>
      `The deactivation date of device ${device_id} does not follow from its last connection by any check-in period.`,
  },
  {
    code: 'sweptTooLate',
    rule: 'R4',
    question: `SELECT license_id, id AS device_id, seat_number AS seat FROM device
      WHERE state = 'active' AND (sweep_at IS NULL OR sweep_at > deactivation_date)`,
    sentence: ({ device_id }) => `The sweep would look at device ${device_id} after its deactivation date, or never.`,
  },
  {
    code: 'sweptInVain',
    rule: 'R4',
    question: `SELECT license_id, id AS device_id, state FROM device WHERE state <> 'active' AND sweep_at IS NOT NULL`,
    sentence: ({ device_id, state }) => `The sweep would look at device ${device_id}, which is ${state}.`,
  },
  {
    code: 'leaseTooLong',
    rule: 'R8',
    question: `SELECT license_id, id AS device_id, seat_number AS seat FROM device
      WHERE state = 'active' AND lease_expires_at > deactivation_date`,
    sentence: ({ device_id }) => `The lease of device ${device_id} ends after its deactivation date.`,
  },
  {
    code: 'leaseMissing',
    rule: 'R8',
    question: `SELECT license_id, id AS device_id, state FROM device
      WHERE (state = 'inactive') <> (lease_expires_at IS NULL) OR (state = 'inactive') <> (activated_at IS NULL)
        OR (lease_expires_at IS NOT NULL AND lease_expires_at % 1000 <> 0)`,
    sentence: ({ device_id, state }) =>
      `Device ${device_id} is ${state}, and the end of its last lease or the time of its activation does not fit that.`,
  },
  {
    code: 'endingUnfit',
    rule: 'R3',
    question: `SELECT license_id, id AS device_id, state, ended_by_kind AS kind FROM device
      WHERE (ended_by_kind IS NULL) <> (ended_at IS NULL)
        OR (state IN ('active', 'inactive') AND ended_by_kind IS NOT NULL)
        OR (state = 'loggedOut' AND ended_by_kind IS DISTINCT FROM 'device')
        OR (state = 'expired' AND ended_by_kind IS DISTINCT FROM 'expiry')
        OR (state = 'remotelyDeactivated' AND coalesce(ended_by_kind, '') NOT IN ('member', 'support', 'operator'))`,
    sentence: ({ device_id, state, kind }) =>
      `Device ${device_id} is ${state}, and yet its last activation was ended by ${kind ?? 'nobody'}.`,
  },
  {
    code: 'epochWithoutSeat',
    rule: 'R7',
    question: `SELECT license_id, id AS device_id, state FROM device WHERE state <> 'active' AND epoch IS NOT NULL`,
    sentence: ({ device_id, state }) => `Device ${device_id} is ${state} and yet belongs to an enabling.`,
  },
  {
    code: 'countsUnfit',
    rule: 'R11',
    question: `SELECT license_id, id AS device_id FROM device
      WHERE check_ins_since_row < 0 OR check_in_count < check_ins_since_row`,
    sentence: ({ device_id }) => `Device ${device_id} counts more connections since its last row than ever.`,
  },
];
