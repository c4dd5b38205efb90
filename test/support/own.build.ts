/** A copy of the built server whose records of tested machines a test chooses, since what a build has is up to earlier runs. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * Copies the build. Gives the script to start.
 *
 * @param records the text of each, by its path in the folder of records, such as `machine/device.json`; null for no folder
 */
export function buildWith(records: Readonly<Record<string, string>> | null): string {
  const root = mkdtempSync(join(tmpdir(), 'seatkeeper-build-'));
  mkdirSync(join(root, 'dist'));
  cpSync('dist/server', join(root, 'dist/server'), { recursive: true });
  copyFileSync('package.json', join(root, 'package.json'));
  for (const name of ['dist/panel', 'node_modules']) symlinkSync(resolve(name), join(root, name));
  for (const [path, text] of Object.entries(records ?? {})) {
    const file = join(root, 'dist/coverage', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(root, 'dist/server/main.js');
}
