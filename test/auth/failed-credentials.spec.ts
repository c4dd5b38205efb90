/** How failed credentials are counted, on a time that the test moves. */
import { FailedCredentials } from '../../src/auth/failed-credentials.js';

let systemNow = 0;

beforeEach(() => {
  systemNow = 1_000_000;
});

function limited(perMinute: number): FailedCredentials {
  return new FailedCredentials(perMinute, () => systemNow);
}

async function codes(failures: FailedCredentials, address: string, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let index = 0; index < count; index++) found.push((await failures.refusalFor(address)).code);
  return found;
}

describe('failed credentials', () => {
  it('answers 401 up to the limit and 429 beyond it', async () => {
    expect(await codes(limited(2), '::1', 4)).toEqual([
      'unauthenticated',
      'unauthenticated',
      'tooManyRequests',
      'tooManyRequests',
    ]);
  });

  it('says how many seconds remain of the minute that began with the first failure', async () => {
    const failures = limited(1);
    await failures.refusalFor('::1');
    systemNow += 45_001;
    expect((await failures.refusalFor('::1')).retryAfterSeconds).toBe(15);
    systemNow += 14_998;
    expect((await failures.refusalFor('::1')).retryAfterSeconds).toBe(1);
  });

  it('starts anew when the minute is over, to the millisecond', async () => {
    const failures = limited(1);
    await failures.refusalFor('::1');
    systemNow += 59_999;
    expect((await failures.refusalFor('::1')).code).toBe('tooManyRequests');
    systemNow += 1;
    expect(await codes(failures, '::1', 2)).toEqual(['unauthenticated', 'tooManyRequests']);
  });

  it('counts each address for itself', async () => {
    const failures = limited(1);
    await failures.refusalFor('10.0.0.1');
    expect((await failures.refusalFor('10.0.0.2')).code).toBe('unauthenticated');
    expect((await failures.refusalFor('10.0.0.1')).code).toBe('tooManyRequests');
  });

  it('has no limit where it is 0', async () => {
    expect(new Set(await codes(limited(0), '::1', 1_000))).toEqual(new Set(['unauthenticated']));
  });

  it('counts every failure for the metrics, those beyond the limit too', async () => {
    const failures = limited(1);
    await codes(failures, '::1', 3);
    expect(failures.total).toBe(3);
  });

  it('forgets addresses whose minute is over', async () => {
    const failures = limited(5);
    for (let index = 0; index < 100; index++) await failures.refusalFor(`10.0.0.${index}`);
    systemNow += 60_000;
    await failures.refusalFor('10.1.0.1');
    expect(failures.addressCount).toBe(1);
  });

  it('remembers no more than 10,000 addresses, and the latest ones', async () => {
    const failures = limited(1);
    for (let index = 0; index < 10_050; index++) await failures.refusalFor(`address ${index}`);
    expect(failures.addressCount).toBe(10_000);
    expect((await failures.refusalFor('address 10049')).code).toBe('tooManyRequests');
    expect((await failures.refusalFor('address 0')).code).toBe('unauthenticated');
  });

  describe('beside other replicas', () => {
    function told(number: number, millisLeft = 30_000): FailedCredentials {
      return new FailedCredentials(3, () => systemNow, { add: () => Promise.resolve({ number, millisLeft }) });
    }

    it('goes by what all of them have counted', async () => {
      expect((await told(3).refusalFor('::1')).code).toBe('unauthenticated');
      const refusal = await told(4).refusalFor('::1');
      expect([refusal.code, refusal.retryAfterSeconds]).toEqual(['tooManyRequests', 30]);
    });

    it('asks them no more until the minute that they told of has ended', async () => {
      let asked = 0;
      const failures = new FailedCredentials(3, () => systemNow, {
        add: () => Promise.resolve({ number: 3 + ++asked, millisLeft: 30_000 }),
      });
      await codes(failures, '::1', 5);
      expect(asked).toBe(1);
      systemNow += 30_000;
      await codes(failures, '::1', 1);
      expect(asked).toBe(2);
    });

    it('goes by its own count where theirs cannot be had', async () => {
      const failures = new FailedCredentials(2, () => systemNow, { add: () => Promise.reject(new Error('away')) });
      expect(await codes(failures, '::1', 3)).toEqual(['unauthenticated', 'unauthenticated', 'tooManyRequests']);
    });
  });
});
