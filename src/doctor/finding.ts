/** What a check of the database has found: plain data, for a sentence or for JSON. It judges nothing. */

/** The rules that the doctor looks at; `R11` is the history's. */
export type Rule = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R11';

/** Where something is wrong; null for what does not apply. */
export interface Place {
  readonly licenseId: string | null;
  readonly deviceId: string | null;
  readonly seat: number | null;
  /** The sequence of a row in the license's history. */
  readonly sequence: number | null;
}

/** One thing that the rules do not allow. */
export interface Finding extends Place {
  /** A word of the check that found it, such as `activeWithoutSeat`; stays when the sentence changes. */
  readonly code: string;
  readonly rule: Rule;
  /** What is wrong, for people. */
  readonly sentence: string;
}
