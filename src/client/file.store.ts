/** Keeps a session in a file that nobody else on the machine can read (mode 600). For Node. */
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { SeatStore } from './store.js';

/**
 * Keeps it in a file. The folder is made where there is none (mode 700). A write is whole or not at all, also when the
 * program is killed meanwhile.
 */
export function fileStore(path: string): SeatStore {
  return {
    read: async () => {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    write: async (text) => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const beside = `${path}.${randomUUID()}`;
      try {
        await writeFile(beside, text, { mode: 0o600, flag: 'wx', flush: true });
        // The mask of the process may have taken more away, and never less.
        await chmod(beside, 0o600);
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    clear: () => rm(path, { force: true }),
  };
}

/**
 * The file of a product in the folder that the system has for such things.
 *
 * @param product its name; what is no letter, digit, dot or hyphen becomes a hyphen
 */
export function usualFile(product: string): string {
  const name = `${product.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-')}.json`;
  return join(usualFolder(), 'seatkeeper', name);
}

function usualFolder(): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (process.platform === 'win32') return join(home, 'AppData', 'Local');
  return join(home, '.local', 'state');
}
