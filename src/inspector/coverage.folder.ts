/** Reads the records of walks that the build took along. One that cannot be read counts as none, and is named. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyMachineIds } from '../../machines/index.js';
import { type CoverageRecord, coverageRecordSchema, coveredWalks } from './coverage.record.js';

/** Where `npm run build` puts them, seen from the bundled server (`dist/server`) and from its modules (`dist/src/inspector`). */
export const builtCoverage: readonly string[] = ['../coverage', '../../coverage'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

export interface CoverageFolder {
  readonly records: readonly CoverageRecord[];
  /** What is there and cannot be read, with the reason, one line each. */
  readonly faults: readonly string[];
}

/** The records in the first of `folders` that there is; none where there is none. */
export function readCoverage(folders: readonly string[]): CoverageFolder {
  const records: CoverageRecord[] = [];
  const faults: string[] = [];
  const folder = folders.find((path) => existsSync(path));
  if (folder === undefined) return { records, faults };
  for (const walk of coveredWalks) {
    for (const machine of anyMachineIds) {
      const path = join(folder, walk, `${machine}.json`);
      if (!existsSync(path)) continue;
      try {
        const record = coverageRecordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
        if (record.walk !== walk || record.machine !== machine) throw new Error('it is about another walk');
        records.push(record);
      } catch (error) {
        faults.push(`${path} (${inOneLine(error)})`);
      }
    }
  }
  return { records, faults };
}

function inOneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 200);
}
