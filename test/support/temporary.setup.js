/** Gives a whole run of Jest one temporary folder, in which everything that its tests leave behind is, and takes it away afterwards. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function makeTemporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'seatkeeper-tests-'));
  // A PostgreSQL of the tests does not run as root, and must get into its own folder.
  chmodSync(folder, 0o755);
  // The workers of the run are started after this, and have it from here.
  process.env.TMPDIR = folder;
  globalThis.temporaryFolder = folder;
}
