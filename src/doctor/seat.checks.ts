/** R1 to R3: seats and active devices are two views of the same thing, and there are as many seats as the license says. */
import type { RowCheck } from './row.check.js';

export const seatChecks: readonly RowCheck[] = [
  {
    code: 'moreActiveThanSeats',
    rule: 'R1',
    question: `SELECT l.id AS license_id, l.seats, a.active FROM license l
      JOIN (SELECT license_id, count(*) AS active FROM device WHERE state = 'active' GROUP BY license_id) a
      ON a.license_id = l.id WHERE a.active > l.seats`,
    sentence: ({ license_id, seats, active }) =>
      `License ${license_id} has ${seats} seats and ${active} active devices.`,
  },
  {
    code: 'activeWithoutSeat',
    rule: 'R3',
    question: `SELECT license_id, id AS device_id FROM device WHERE state = 'active' AND seat_number IS NULL`,
    sentence: ({ device_id }) => `Device ${device_id} is active and names no seat.`,
  },
  {
    code: 'seatNotItsOwn',
    rule: 'R3',
    question: `SELECT d.license_id, d.id AS device_id, d.seat_number AS seat, s.device_id AS other FROM device d
      LEFT JOIN seat s ON s.license_id = d.license_id AND s.number = d.seat_number
      WHERE d.seat_number IS NOT NULL AND s.device_id IS DISTINCT FROM d.id`,
    sentence: ({ device_id, seat, other }) =>
      `Device ${device_id} names seat ${seat}, which ${other === null ? 'is free or does not exist' : `device ${other} occupies`}.`,
  },
  {
    code: 'twoDevicesOnOneSeat',
    rule: 'R1',
    question: `SELECT license_id, seat_number AS seat, count(*) AS devices, min(id) AS device_id FROM device
      WHERE seat_number IS NOT NULL GROUP BY license_id, seat_number HAVING count(*) > 1`,
    sentence: ({ license_id, seat, devices }) =>
      `${devices} devices name seat ${seat} of license ${license_id} as theirs.`,
  },
  {
    code: 'oneDeviceOnTwoSeats',
    rule: 'R3',
    question: `SELECT min(license_id) AS license_id, device_id, min(number) AS seat, count(*) AS seats FROM seat
      WHERE device_id IS NOT NULL GROUP BY device_id HAVING count(*) > 1`,
    sentence: ({ device_id, seats }) => `Device ${device_id} occupies ${seats} seats.`,
  },
  {
    code: 'seatOfInactiveDevice',
    rule: 'R2',
    question: `SELECT s.license_id, s.device_id, s.number AS seat, d.state FROM seat s JOIN device d ON d.id = s.device_id
      WHERE d.state <> 'active'`,
    sentence: ({ license_id, device_id, seat, state }) =>
      `Seat ${seat} of license ${license_id} is occupied by device ${device_id}, which is ${state}.`,
  },
  {
    code: 'inactiveNamesSeat',
    rule: 'R3',
    question: `SELECT license_id, id AS device_id, seat_number AS seat, state FROM device
      WHERE state <> 'active' AND seat_number IS NOT NULL`,
    sentence: ({ device_id, seat, state }) => `Device ${device_id} is ${state} and yet names seat ${seat}.`,
  },
  {
    code: 'seatOfAnother',
    rule: 'R3',
    question: `SELECT s.license_id, s.device_id, s.number AS seat, d.seat_number AS own, d.license_id AS home FROM seat s
      JOIN device d ON d.id = s.device_id
      WHERE d.state = 'active' AND (d.license_id <> s.license_id OR d.seat_number IS DISTINCT FROM s.number)`,
    sentence: ({ license_id, device_id, seat, own, home }) =>
      `Seat ${seat} of license ${license_id} is occupied by device ${device_id}, which says it is on seat ${own ?? 'none'} of license ${home}.`,
  },
  {
    code: 'seatOfNobody',
    rule: 'R3',
    question: `SELECT s.license_id, s.device_id, s.number AS seat FROM seat s LEFT JOIN device d ON d.id = s.device_id
      WHERE s.device_id IS NOT NULL AND d.id IS NULL`,
    sentence: ({ license_id, device_id, seat }) =>
      `Seat ${seat} of license ${license_id} is occupied by device ${device_id}, which does not exist.`,
  },
  {
    code: 'seatBeyondLicense',
    rule: 'R1',
    question: `SELECT s.license_id, s.device_id, s.number AS seat, l.seats FROM seat s JOIN license l ON l.id = s.license_id
      WHERE s.number > l.seats OR s.number < 1`,
    sentence: ({ license_id, seat, seats }) => `License ${license_id} has ${seats} seats, and yet a seat ${seat}.`,
  },
  {
    code: 'seatMissing',
    rule: 'R1',
    question: `SELECT license_id, low + 1 AS seat, number - 1 AS last FROM (
        SELECT license_id, number, lag(number, 1, 0) OVER (PARTITION BY license_id ORDER BY number) AS low FROM seat
      ) numbered WHERE number - low > 1`,
    sentence: ({ license_id, seat, last }) => `License ${license_id} lacks ${seatsFrom(seat, last)} between others.`,
  },
  {
    code: 'seatsTooFew',
    rule: 'R1',
    question: `SELECT l.id AS license_id, l.seats, coalesce(s.highest, 0) + 1 AS seat FROM license l
      LEFT JOIN (SELECT license_id, max(number) AS highest FROM seat GROUP BY license_id) s ON s.license_id = l.id
      WHERE coalesce(s.highest, 0) < l.seats`,
    sentence: ({ license_id, seat, seats }) =>
      `License ${license_id} has ${seats} seats and lacks ${seatsFrom(seat, seats)}.`,
  },
];

function seatsFrom(first: unknown, last: unknown): string {
  return String(first) === String(last) ? `seat ${first}` : `the seats ${first} to ${last}`;
}
