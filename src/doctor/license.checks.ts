/** What every row hangs on: licenses, and that nothing belongs to one that does not exist. */
import type { RowCheck } from './row.check.js';

/** A table whose rows must belong to a license that exists. */
function ofNoLicense(table: string, columns: string): RowCheck {
  return {
    code: `${table}OfNoLicense`.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    rule: table === 'transition' ? 'R11' : 'R3',
    question: `SELECT x.license_id${columns} FROM ${table} x LEFT JOIN license l ON l.id = x.license_id WHERE l.id IS NULL`,
    sentence: ({ license_id }) => `A row of ${table} belongs to license ${license_id}, which does not exist.`,
  };
}

export const licenseChecks: readonly RowCheck[] = [
  {
    code: 'licenseStatusUnfit',
    rule: 'R4',
    question: `SELECT id AS license_id, status FROM license
      WHERE status NOT IN ('active', 'suspended', 'expired', 'revoked') OR (status = 'expired' AND valid_until IS NULL)`,
    sentence: ({ license_id, status }) => `License ${license_id} is ${status}, which its validity does not allow.`,
  },
  {
    code: 'licenseTermsUnfit',
    rule: 'R1',
    question: `SELECT id AS license_id FROM license
      WHERE seats < 1 OR check_in_period_millis < 1000 OR check_in_period_millis % 1000 <> 0 OR version < 1`,
    sentence: ({ license_id }) => `License ${license_id} has terms that cannot be issued.`,
  },
  {
    code: 'licenseOfNoOrganization',
    rule: 'R3',
    question: `SELECT l.id AS license_id FROM license l LEFT JOIN organization o ON o.id = l.organization_id WHERE o.id IS NULL`,
    sentence: ({ license_id }) => `License ${license_id} belongs to an organization that does not exist.`,
  },
  ofNoLicense('device', ', x.id AS device_id'),
  ofNoLicense('seat', ', x.number AS seat'),
  ofNoLicense('remote_deactivation', ''),
  ofNoLicense('support_ticket', ''),
  ofNoLicense('transition', ', x.sequence'),
];
