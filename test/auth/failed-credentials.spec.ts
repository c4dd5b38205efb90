/** How failed credentials are counted, on a time that the test moves. */
import { FailedCredentials } from '../../src/auth/failed-credentials.js';

let systemNow = 0;

beforeEach(() => {
  systemNow = 1_000_000;
});

function limited(perMinute: number): FailedCredentials {
  return new FailedCredentials(perMinute, () => systemNow);
}

function codes(failures: FailedCredentials, address: string, count: number): string[] {
  return Array.from({ length: count }, () => failures.refusalFor(address).code);
}

describe('failed credentials', () => {
  it('answers 401 up to the limit and 429 beyond it', () => {
    expect(codes(limited(2), '::1', 4)).toEqual([
      'unauthenticated',
      'unauthenticated',
      'tooManyRequests',
      'tooManyRequests',
    ]);
  });

  it('says how many seconds remain of the minute that began with the first failure', () => {
    const failures = limited(1);
    failures.refusalFor('::1');
    systemNow += 45_001;
    expect(failures.refusalFor('::1').retryAfterSeconds).toBe(15);
    systemNow += 14_998;
    expect(failures.refusalFor('::1').retryAfterSeconds).toBe(1);
  });

  it('starts anew when the minute is over, to the millisecond', () => {
    const failures = limited(1);
    failures.refusalFor('::1');
    systemNow += 59_999;
    expect(failures.refusalFor('::1').code).toBe('tooManyRequests');
    systemNow += 1;
    expect(codes(failures, '::1', 2)).toEqual(['unauthenticated', 'tooManyRequests']);
  });

  it('counts each address for itself', () => {
    const failures = limited(1);
    failures.refusalFor('10.0.0.1');
    expect(failures.refusalFor('10.0.0.2').code).toBe('unauthenticated');
    expect(failures.refusalFor('10.0.0.1').code).toBe('tooManyRequests');
  });

  it('has no limit where it is 0', () => {
    expect(new Set(codes(limited(0), '::1', 1_000))).toEqual(new Set(['unauthenticated']));
  });

  it('counts every failure for the metrics, those beyond the limit too', () => {
    const failures = limited(1);
    codes(failures, '::1', 3);
    expect(failures.total).toBe(3);
  });

  it('forgets addresses whose minute is over', () => {
    const failures = limited(5);
    for (let index = 0; index < 100; index++) failures.refusalFor(`10.0.0.${index}`);
    systemNow += 60_000;
    failures.refusalFor('10.1.0.1');
    expect(failures.addressCount).toBe(1);
  });

  it('remembers no more than 10,000 addresses, and the latest ones', () => {
    const failures = limited(1);
    for (let index = 0; index < 10_050; index++) failures.refusalFor(`address ${index}`);
    expect(failures.addressCount).toBe(10_000);
    expect(failures.refusalFor('address 10049').code).toBe('tooManyRequests');
    expect(failures.refusalFor('address 0').code).toBe('unauthenticated');
  });
});
