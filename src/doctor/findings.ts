/** Collects findings in bounded memory: of each code the first hundred, and whether there were more. It sorts nothing and prints nothing. */
import type { Finding, Rule } from './finding.js';
import type { HistoryRow } from './history.pages.js';

/** How many findings of one code are kept. */
export const findingsPerCodeMax = 100;

export class Findings {
  private readonly kept: Finding[] = [];
  private readonly counts = new Map<string, number>();

  /** Adds a finding, or only counts it where a hundred of its code are kept already. */
  add(finding: Finding): void {
    const count = (this.counts.get(finding.code) ?? 0) + 1;
    this.counts.set(finding.code, count);
    if (count <= findingsPerCodeMax) this.kept.push(finding);
  }

  /** Adds what is wrong with a row of the history. */
  addRow(row: HistoryRow, code: string, rule: Rule, sentence: string): void {
    this.add({
      code,
      rule,
      licenseId: row.license_id,
      deviceId: row.machine === 'device' ? row.subject_id : null,
      seat: row.seat_number,
      sequence: row.sequence,
      sentence: `Row ${row.sequence} of license ${row.license_id}: ${sentence}`,
    });
  }

  /** What was kept, in the order of the checks. */
  get all(): readonly Finding[] {
    return this.kept;
  }

  /** The codes of which there were more than are kept. */
  get codesWithMore(): readonly string[] {
    return [...this.counts].filter(([, count]) => count > findingsPerCodeMax).map(([code]) => code);
  }
}
