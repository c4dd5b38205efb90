/** How tries are counted, on a time that the test moves. */
import { LockOut, type TryTally } from '../../src/people/lock-out.js';

let systemNow = 0;
beforeEach(() => {
  systemNow = 1_000_000;
});

const lockOut = (tally: TryTally | null = null) => new LockOut(() => systemNow, tally);

/** Takes so many tries; gives how many were there to be taken, and the seconds to wait where none was. */
async function take(lock: LockOut, who: string, count: number): Promise<{ taken: number; seconds: number | null }> {
  let taken = 0;
  let seconds: number | null = null;
  for (let index = 0; index < count; index += 1) {
    await lock.take(who).then(
      () => (taken += 1),
      (error: { code: string; retryAfterSeconds: number }) => {
        expect(error.code).toBe('tooManyRequests');
        seconds = error.retryAfterSeconds;
      },
    );
  }
  return { taken, seconds };
}

describe('tries', () => {
  it('are ten in a quarter of an hour from the first one on', async () => {
    const lock = lockOut();
    expect(await take(lock, 'a', 1)).toEqual({ taken: 1, seconds: null });
    systemNow += 600_000;
    expect(await take(lock, 'a', 11)).toEqual({ taken: 9, seconds: 300 });
    systemNow += 299_999;
    expect(await take(lock, 'a', 1)).toEqual({ taken: 0, seconds: 1 });
    systemNow += 1;
    expect(await take(lock, 'a', 11)).toEqual({ taken: 10, seconds: 900 });
  });

  it('are counted for each who tries', async () => {
    const lock = lockOut();
    await take(lock, 'a', 11);
    expect((await take(lock, 'b', 10)).taken).toBe(10);
  });

  it('are given back after a right one', async () => {
    const lock = lockOut();
    await take(lock, 'a', 10);
    await lock.forgive('a');
    expect((await take(lock, 'a', 11)).taken).toBe(10);
  });

  it('of very many are forgotten from the first on, and never those of the last', async () => {
    const lock = lockOut();
    await take(lock, 'first', 10);
    for (let index = 0; index < 50_000; index += 1) await lock.take(`crowd ${index}`);
    await take(lock, 'last', 10);
    expect((await take(lock, 'last', 1)).taken).toBe(0);
    expect((await take(lock, 'first', 1)).taken).toBe(1);
  });
});

describe('tries that replicas share', () => {
  const tally = (number: number, more: Partial<TryTally> = {}): TryTally => ({
    add: () => Promise.resolve({ number, millisLeft: 60_000 }),
    clear: () => Promise.resolve(),
    ...more,
  });

  it('are as many as all have counted', async () => {
    expect(await take(lockOut(tally(10)), 'a', 1)).toEqual({ taken: 1, seconds: null });
    expect(await take(lockOut(tally(11)), 'a', 1)).toEqual({ taken: 0, seconds: 60 });
  });

  it('are not asked after any more once there is none left', async () => {
    let asked = 0;
    const counting = tally(11, {
      add: () => {
        asked += 1;
        return Promise.resolve({ number: 11, millisLeft: 60_000 });
      },
    });
    await take(lockOut(counting), 'a', 5);
    expect(asked).toBe(1);
  });

  it('are counted by this process alone while the others cannot be asked', async () => {
    const away = (): Promise<never> => Promise.reject(new Error('away'));
    const lock = lockOut({ add: away, clear: away });
    expect((await take(lock, 'a', 12)).taken).toBe(10);
    await lock.forgive('a');
    expect((await take(lock, 'a', 1)).taken).toBe(1);
  });
});
