/**
 * Places for a database that can be filled up and made room in: a small filesystem where this machine lets us mount one, and a limit on the size of files that the process may write, which
 * needs no privilege. Both refuse a write in the middle of things, as a full disk does.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestServer } from '../support/server.js';

/** A place with little room. */
export interface NarrowRoom {
  sort: string;
  /** A new database file in it. */
  open: () => string;
  fillUp: (server: TestServer) => void;
  makeRoom: (server: TestServer) => void;
  close: () => void;
}

/** The rooms that can be had here: always the one of limited file sizes. */
export function narrowRooms(): NarrowRoom[] {
  return [limitedFiles(), ...(canMount() ? [smallFilesystem()] : [])];
}

function smallFilesystem(): NarrowRoom {
  let folder = '';
  const filler = (): string => join(folder, 'filler');
  return {
    sort: 'a full disk',
    open: () => {
      folder = newFolder();
      mount(folder);
      return join(folder, 'seatkeeper.sqlite');
    },
    fillUp: () => {
      writeFileSync(filler(), '');
      for (const size of [65_536, 4_096, 1]) fillWith(filler(), Buffer.alloc(size));
    },
    makeRoom: () => rmSync(filler()),
    close: () => {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function limitedFiles(): NarrowRoom {
  let folder = '';
  const limit = (server: TestServer, bytes: string): void => {
    execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
  };
  return {
    sort: 'files that may not grow',
    open: () => {
      folder = newFolder();
      return join(folder, 'seatkeeper.sqlite');
    },
    fillUp: (server) => limit(server, String(Math.max(...filesOf(server.file).map((file) => statSync(file).size)))),
    makeRoom: (server) => limit(server, 'unlimited'),
    close: () => rmSync(folder, { recursive: true }),
  };
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'seatkeeper-narrow-'));
}

function filesOf(file: string): string[] {
  return [file, `${file}-wal`].filter((one) => existsSync(one));
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
}

function canMount(): boolean {
  const folder = newFolder();
  try {
    mount(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fillWith(file: string, piece: Buffer): void {
  try {
    for (;;) appendFileSync(file, piece);
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== 'ENOSPC') throw reason;
  }
}
