/**
 * Grown databases that one run leaves to the next, since a million devices take longer to make than to measure. What is kept is
 * never opened by a server: each run has a copy.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Grown, Growth } from './grown.database.js';

/** A folder of grown databases, each under the numbers that it was grown by. */
export class KeptDatabases {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Puts a copy of what was grown like this at `file` and says what can be loaded with; null where there is none. */
  take(growth: Growth, file: string): Grown | null {
    if (!existsSync(this.fleetOf(growth))) return null;
    copyFileSync(this.databaseOf(growth), file);
    settleOnDisk(file);
    return JSON.parse(readFileSync(this.fleetOf(growth), 'utf8')) as Grown;
  }

  /** Keeps a copy of a database that no server has open. */
  put(growth: Growth, file: string, grown: Grown): void {
    copyFileSync(file, this.databaseOf(growth));
    writeFileSync(this.fleetOf(growth), JSON.stringify(grown));
  }

  private databaseOf(growth: Growth): string {
    return join(this.folder, `${nameOf(growth)}.sqlite`);
  }

  private fleetOf(growth: Growth): string {
    return join(this.folder, `${nameOf(growth)}.json`);
  }
}

/** Waits until all of a file is on the disk: a server's first `fsync` would wait for it instead, as that of no old database does. */
export function settleOnDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function nameOf({ narrowDevices, wideDevices, wideSeats, halfFree, others }: Growth): string {
  return `grown-${narrowDevices}-${wideDevices}-${wideSeats}-${halfFree}-${others}`;
}
