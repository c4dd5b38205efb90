/**
 * Looks at a SQLite file before the server takes it: a damaged, foreign or newer one stops the start with a sentence and
 * is left as it was.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrations } from '../../migrations/index.js';
import { DatabaseRefused } from './database.refused.js';
import { makeFolder } from './folder.js';

/** Makes sure that the file can be used, or does not exist yet in a folder that can be written to. Throws `DatabaseRefused`. */
export function checkSqliteFile(file: string): void {
  try {
    makeFolder(dirname(file), 0o700);
  } catch (error) {
    throw new DatabaseRefused(`The folder of the database file ${file} cannot be made: ${messageOf(error)}.`);
  }
  if (!existsSync(file)) return;
  if (!statSync(file).isFile()) throw new DatabaseRefused(`The database ${file} is not a file.`);
  if (statSync(file).size === 0) return;
  try {
    const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      checkContent(file, connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error;
    throw new DatabaseRefused(`The database file ${file} is damaged or not a SQLite file: ${messageOf(error)}.`);
  }
}

function checkContent(file: string, connection: Sqlite.Database): void {
  const findings = connection.pragma('quick_check') as { quick_check: string }[];
  if (findings.length !== 1 || findings[0]?.quick_check !== 'ok') {
    throw new DatabaseRefused(
      `The database file ${file} is damaged (${findings[0]?.quick_check ?? 'no answer'}). Restore a backup of it.`,
    );
  }
  const tables = connection.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all() as string[];
  if (tables.length === 0) return;
  if (!tables.includes('migrations')) {
    throw new DatabaseRefused(`The database file ${file} belongs to another program.`);
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const applied = connection.prepare('SELECT name FROM migrations ORDER BY id').pluck().all() as string[];
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new DatabaseRefused(
      `The database file ${file} was made by a newer Seatkeeper (it has ${unknown.join(', ')}). Start that version, or restore a backup.`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
