/** How soon a running server reads its keys again. */
import { jest } from '@jest/globals';
import { SystemClock } from '../../src/clock/clock.js';
import { SigningKeysWatch } from '../../src/leases/signing-keys.watch.js';
import { SqliteDatabase } from '../../src/persistence/sqlite.database.js';
import { freshFile, loadKeys } from './scene.js';

describe('the watch over the signing keys', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads them again every half minute, until the server stops', async () => {
    const database = await SqliteDatabase.open(freshFile());
    try {
      const keys = await loadKeys(database);
      const refresh = jest.spyOn(keys, 'refresh').mockResolvedValue();
      jest.useFakeTimers();
      const watch = new SigningKeysWatch(keys, new SystemClock());
      watch.onApplicationBootstrap();
      jest.advanceTimersByTime(29_999);
      expect(refresh).toHaveBeenCalledTimes(0);
      jest.advanceTimersByTime(30_001);
      expect(refresh).toHaveBeenCalledTimes(2);
      watch.onModuleDestroy();
      jest.advanceTimersByTime(120_000);
      expect(refresh).toHaveBeenCalledTimes(2);
    } finally {
      await database.close();
    }
  });
});
