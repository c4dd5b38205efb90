/** R8: what a device proves itself with. At most one token is in use and one waits for its first use; each is one device's. */
import type { RowCheck } from './row.check.js';

export const tokenChecks: readonly RowCheck[] = [
  {
    code: 'activeWithoutToken',
    rule: 'R8',
    question: `SELECT license_id, id AS device_id, seat_number AS seat FROM device
      WHERE state = 'active' AND token_hash IS NULL AND next_token_hash IS NULL`,
    sentence: ({ device_id }) => `Device ${device_id} is active, and no token is good for it.`,
  },
  {
    code: 'tokenBeforeActivation',
    rule: 'R8',
    question: `SELECT license_id, id AS device_id FROM device
      WHERE state = 'inactive' AND (token_hash IS NOT NULL OR next_token_hash IS NOT NULL)`,
    sentence: ({ device_id }) => `Device ${device_id} was never activated and yet has a token.`,
  },
  {
    code: 'tokenOfTwo',
    rule: 'R8',
    question: `SELECT a.license_id, a.id AS device_id, b.id AS other FROM device a
      JOIN device b ON b.next_token_hash = a.token_hash`,
    sentence: ({ device_id, other }) =>
      device_id === other
        ? `The token of device ${device_id} is in use and waits for its first use at once.`
        : `The token in use of device ${device_id} is the waiting one of device ${other}.`,
  },
];
