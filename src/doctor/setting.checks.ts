/** R5 to R7 in the rows: every license has its setting, and the epochs of its devices agree with it. */
import type { RowCheck } from './row.check.js';

export const settingChecks: readonly RowCheck[] = [
  {
    code: 'settingMissing',
    rule: 'R5',
    question: `SELECT l.id AS license_id FROM license l LEFT JOIN remote_deactivation r ON r.license_id = l.id
      WHERE r.license_id IS NULL`,
    sentence: ({ license_id }) => `License ${license_id} has no remote deactivation setting.`,
  },
  {
    code: 'settingUnknown',
    rule: 'R5',
    question: `SELECT license_id, state, epoch FROM remote_deactivation
      WHERE state NOT IN ('disabled', 'enabling', 'enabled') OR epoch < 0 OR (state <> 'disabled' AND epoch < 1)`,
    sentence: ({ license_id, state, epoch }) =>
      `The setting of license ${license_id} is ${state} at epoch ${epoch}, which no step leads to.`,
  },
  {
    code: 'waitsForNobody',
    rule: 'R6',
    question: `SELECT r.license_id FROM remote_deactivation r WHERE r.state = 'enabling' AND NOT EXISTS (
      SELECT 1 FROM device d WHERE d.license_id = r.license_id AND d.state = 'active' AND d.epoch IS DISTINCT FROM r.epoch)`,
    sentence: ({ license_id }) =>
      `The setting of license ${license_id} is enabling, and no blocking device is left: it should be enabled.`,
  },
  {
    code: 'epochFromTheFuture',
    rule: 'R7',
    question: `SELECT d.license_id, d.id AS device_id, d.seat_number AS seat, d.epoch, r.epoch AS present FROM device d
      JOIN remote_deactivation r ON r.license_id = d.license_id WHERE d.epoch > r.epoch OR d.epoch < 1`,
    sentence: ({ device_id, epoch, present }) =>
      `Device ${device_id} activated under enabling ${epoch}, and there were ${present} only.`,
  },
];
