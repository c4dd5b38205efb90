/**
 * A check that a single question to the database answers: each row of the answer is one finding. The SQL is such that SQLite and
 * PostgreSQL both understand it, and no answer is read beyond what is reported.
 */
import type { Session } from '../persistence/session.js';
import type { Rule } from './finding.js';
import { type Findings, findingsPerCodeMax } from './findings.js';

/** A row of an answer; a question selects those of the columns that it has. */
export interface BadRow {
  readonly license_id?: string | null;
  readonly device_id?: string | null;
  readonly seat?: number | null;
  readonly sequence?: number | null;
  /** What else the sentence tells, as the question names it. */
  readonly [told: string]: string | number | null | undefined;
}

export interface RowCheck {
  readonly code: string;
  readonly rule: Rule;
  /** A SELECT without LIMIT that gives the bad rows, and nothing where all is well. */
  readonly question: string;
  /** What is wrong with a row. */
  readonly sentence: (row: BadRow) => string;
}

/** Asks the question and adds what it gives; of more rows than are kept it reads one. */
export async function findBadRows(session: Session, check: RowCheck, findings: Findings): Promise<void> {
  const { code, rule, question, sentence } = check;
  const rows = await session.all<BadRow>(`${question} LIMIT ${findingsPerCodeMax + 1}`);
  for (const row of rows) {
    findings.add({
      code,
      rule,
      licenseId: row.license_id ?? null,
      deviceId: row.device_id ?? null,
      seat: row.seat ?? null,
      sequence: row.sequence ?? null,
      sentence: sentence(row),
    });
  }
}
