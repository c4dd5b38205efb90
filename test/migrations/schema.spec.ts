/** The migrations and the entities say the same. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';

describe('the schema on SQLite', () => {
  it('has after the migrations every table, column and index that the entities describe', async () => {
    const database = await SqliteDatabase.open(join(mkdtempSync(join(tmpdir(), 'schema-')), 'seatkeeper.sqlite'));
    try {
      const pending = await database.dataSource.driver.createSchemaBuilder().log();
      expect(pending.upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await database.close();
    }
  });
});
