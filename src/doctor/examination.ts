/** The whole examination: every check of the rows and the history, on one read-only snapshot. It changes and repairs nothing. */
import type { Session } from '../persistence/session.js';
import { deviceChecks } from './device.checks.js';
import type { Finding } from './finding.js';
import { Findings } from './findings.js';
import { historyChecks } from './history.checks.js';
import { licenseChecks } from './license.checks.js';
import { walkLicenses } from './license.walk.js';
import { findBadRows } from './row.check.js';
import { seatChecks } from './seat.checks.js';
import { settingChecks } from './setting.checks.js';
import { walkSubjects } from './subject.walk.js';
import { tokenChecks } from './token.checks.js';

/** What was looked at and what was found. */
export interface Examination {
  readonly looked: {
    readonly licenses: number;
    readonly seats: number;
    readonly devices: number;
    readonly rows: number;
  };
  readonly findings: readonly Finding[];
  /** Codes of which there are more findings than are listed. */
  readonly codesWithMore: readonly string[];
}

const rowChecks = [
  ...seatChecks,
  ...deviceChecks,
  ...tokenChecks,
  ...settingChecks,
  ...licenseChecks,
  ...historyChecks,
];

/** Examines what the session sees, in memory that does not grow with the database. @param session one snapshot */
export async function examine(session: Session): Promise<Examination> {
  const findings = new Findings();
  for (const check of rowChecks) await findBadRows(session, check, findings);
  await walkLicenses(session, findings);
  await walkSubjects(session, findings);
  return {
    looked: {
      licenses: await count(session, 'license'),
      seats: await count(session, 'seat'),
      devices: await count(session, 'device'),
      rows: await count(session, 'transition'),
    },
    findings: findings.all,
    codesWithMore: findings.codesWithMore,
  };
}

async function count(session: Session, table: string): Promise<number> {
  const rows = await session.all<{ count: number }>(`SELECT count(*) AS count FROM ${table}`);
  return Number(rows[0]?.count ?? 0);
}
