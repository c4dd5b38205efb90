/** Making a folder for files that Seatkeeper writes. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is. `mkdir` does so by itself, but on Linux it tries for
 * ever where a file system such as `/proc` takes no folders.
 *
 * @param mode the permissions of each folder that is made
 * @throws the error of the system, such as ENOENT, EACCES or EEXIST, where it cannot be made
 */
export function makeFolder(path: string, mode?: number): void {
  const folder = resolve(path);
  const above = dirname(folder);
  if (above !== folder && !existsSync(above)) makeFolder(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
