/** What a simulation looks at notices a world that is wrong: each rule is shown one that breaks it, and one that does not. */
import { compare, type LicenseView } from '../../src/simulate/closing.js';
import { Ledger } from '../../src/simulate/ledger.js';
import { Rules } from '../../src/simulate/rules.js';

const sound: LicenseView = {
  name: 'team-1',
  license: { status: 'active', seats: 2, activeDevices: 2 },
  devices: [
    { fingerprint: 'one', state: 'active' },
    { fingerprint: 'two', state: 'remotelyDeactivated' },
    { fingerprint: 'three', state: 'expired' },
    { fingerprint: 'gone', state: 'active' },
  ],
  sessions: [
    { name: 'a', fingerprint: 'one', state: 'active', whyNot: null },
    { name: 'b', fingerprint: 'two', state: 'deactivated', whyNot: 'remotelyDeactivated' },
    { name: 'c', fingerprint: 'three', state: 'ended', whyNot: 'expired' },
    { name: 'd', fingerprint: 'four', state: 'signedOut', whyNot: 'noSeatAvailable' },
    { name: 'e', fingerprint: 'five', state: null, whyNot: null },
  ],
  leftBehind: new Set(['gone']),
};

/** The rules that a world breaks. */
function brokenIn(view: LicenseView): string[] {
  const rules = new Rules();
  compare(rules, view);
  const broken = rules.watched().filter(({ held }) => !held);
  expect(rules.allHeld).toBe(broken.length === 0);
  return broken.map(({ name }) => name);
}

/** The sound world with one session as it is not. */
const withSession = (index: number, change: Partial<LicenseView['sessions'][number]>): LicenseView => ({
  ...sound,
  sessions: sound.sessions.map((session, at) => (at === index ? { ...session, ...change } : session)),
});

describe('the comparison at the end of a simulation', () => {
  it('finds nothing where both sides say the same', () => {
    expect(brokenIn(sound)).toEqual([]);
  });

  it('notices more active devices than seats, and a count that is not that of the list', () => {
    expect(brokenIn({ ...sound, license: { ...sound.license, seats: 1 } })).toEqual(['serverSaysSo']);
    expect(brokenIn({ ...sound, license: { ...sound.license, activeDevices: 1 } })).toEqual(['serverSaysSo']);
  });

  it('notices a session that the server does not agree with', () => {
    const wrong: LicenseView[] = [
      withSession(0, { state: 'deactivated' }),
      withSession(0, { state: 'onHold' }),
      withSession(0, { state: 'offline' }),
      withSession(0, { state: 'signedOut' }),
      withSession(1, { state: 'active' }),
      withSession(2, { whyNot: 'loggedOut' }),
      withSession(0, { state: 'ended', whyNot: 'leaseEnded' }),
      withSession(3, { fingerprint: 'one' }),
      { ...sound, license: { ...sound.license, status: 'suspended' } },
      { ...sound, devices: sound.devices.map((device) => ({ ...device, state: 'active' })) },
    ];
    for (const view of wrong) expect(brokenIn(view)).toContain('sessionsAgree');
  });

  it('notices a seat of which nobody knows, and excuses one that was left behind', () => {
    expect(brokenIn({ ...sound, leftBehind: new Set() })).toEqual(['sessionsAgree']);
    const forgotten = withSession(3, { fingerprint: 'gone' });
    expect(brokenIn(forgotten)).toEqual([]);
    expect(brokenIn({ ...forgotten, leftBehind: new Set() })).toEqual(['sessionsAgree']);
  });

  it('says where a rule was broken, ten places at most', () => {
    const rules = new Rules();
    for (let index = 0; index < 12; index += 1) rules.look('leaseHolds', false, () => `place ${index}`);
    rules.look('leaseHolds', true, () => 'nowhere');
    expect(rules.watched()).toMatchObject([{ name: 'leaseHolds', looks: 13, held: false }]);
    expect(rules.watched()[0]?.broken).toHaveLength(10);
  });
});

describe('the ledger', () => {
  it('knows who has a seat for sure, and when there are too many', () => {
    const ledger = new Ledger(1);
    ledger.confirm('one', 100);
    ledger.confirm('one', 200);
    expect([ledger.holders(150), ledger.isOverfull(150)]).toEqual([['one'], false]);
    ledger.confirm('two', 300);
    expect(ledger.isOverfull(199)).toBe(true);
    // At the deactivation date itself it is expired (R4).
    expect([ledger.holders(200), ledger.isOverfull(200)]).toEqual([['two'], false]);
    ledger.leave('two');
    expect(ledger.holders(200)).toEqual([]);
  });
});
