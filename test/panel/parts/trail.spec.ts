/** The list of a history that grows at both ends: new rows stand in front, each once, and only those that were asked for. */
import { belongs, endsBeforeNow, newerPart, olderPart, withNewer } from '../../../src/panel/inspector/trail';
import type { Transition } from '../../../src/panel/api/schema';

const row = (sequence: number, more: Partial<Transition> = {}): Transition => ({
  sequence,
  at: '2026-11-24T09:30:00.000Z',
  recordedAt: '2026-11-24T09:30:00.000Z',
  machine: 'device',
  subjectId: 'tower',
  licenseId: 'license',
  event: 'logOut',
  from: 'active',
  to: 'loggedOut',
  outcome: 'accepted',
  reason: null,
  note: null,
  count: 1,
  checkIns: 0,
  actor: { kind: 'device', id: 'tower', name: 'Tower' },
  ticketId: null,
  requestId: null,
  ...more,
});
const trailOf = (...pages: number[][]) => ({
  pages: pages.map((sequences) => ({
    items: sequences.map((sequence) => row(sequence)),
    hasOlder: false,
    hasNewer: false,
  })),
  pageParams: pages.map(() => undefined),
});
const sequencesOf = (trail: ReturnType<typeof trailOf>) =>
  trail.pages.map(({ items }) => items.map(({ sequence }) => sequence));

describe('new rows', () => {
  it('stand in front of the first page, newest first, whatever their order was', () => {
    const trail = withNewer(trailOf([7, 6], [3]), [row(9), row(8), row(12)]);
    expect(sequencesOf(trail as never)).toEqual([[12, 9, 8, 7, 6], [3]]);
  });

  it('that are there already are not there twice', () => {
    const before = trailOf([7, 6]);
    expect(sequencesOf(withNewer(before, [row(8), row(7), row(8), row(2)]) as never)).toEqual([[8, 7, 6]]);
    expect(withNewer(before, [row(6), row(7)])).toBe(before);
  });

  it('begin a list that was empty', () => {
    expect(sequencesOf(withNewer(trailOf([]), [row(1), row(2)]) as never)).toEqual([[2, 1]]);
  });
});

describe('a list that begins at a moment', () => {
  const page = (sequences: number[], hasNewer: boolean, hasOlder: boolean) => ({
    items: sequences.map((sequence) => row(sequence)),
    hasNewer,
    hasOlder,
  });

  it('takes no row of the stream while others are missing in between', () => {
    const trail = { pages: [page([7, 6], true, false)], pageParams: [undefined] };
    expect(endsBeforeNow(trail)).toBe(true);
    expect(withNewer(trail, [row(12)])).toBe(trail);
    expect(endsBeforeNow(trailOf([7, 6]))).toBe(false);
  });

  it('goes on beside its first and its last row, and stops at both ends of the history', () => {
    expect(newerPart(page([7, 4], true, true))).toEqual({ way: 'newer', from: 8 });
    expect(olderPart(page([7, 4], true, true))).toEqual({ way: 'older', from: 3 });
    expect(newerPart(page([7, 4], false, true))).toBeNull();
    expect(olderPart(page([7, 4], true, false))).toBeNull();
    expect(newerPart(page([], true, true))).toBeNull();
    expect(olderPart(page([1], true, true))).toBeNull();
  });
});

describe('of a row', () => {
  const tower = { machine: 'device', id: 'tower' } as const;

  it('the list of its own subject knows, that of another one does not, and that of the license does', () => {
    expect(belongs(row(1), tower, {})).toBe(true);
    expect(belongs(row(1, { subjectId: 'other' }), tower, {})).toBe(false);
    expect(belongs(row(1), { machine: 'remoteDeactivation', id: 'tower' }, {})).toBe(false);
    expect(belongs(row(1, { subjectId: null }), { machine: 'license', id: 'license' }, {})).toBe(true);
  });

  it.each([
    [{ event: ['logOut'] }, true],
    [{ event: ['activate'] }, false],
    [{ outcome: 'refused' }, false],
    [{ actorKind: 'device' }, true],
    [{ actorKind: 'member' }, false],
    [{ actorId: 'tower' }, true],
    [{ actorId: 'other' }, false],
    [{ from: '2026-11-24T09:30:00.000Z' }, true],
    [{ from: '2026-11-24T09:30:00.001Z' }, false],
    [{ to: '2026-11-24T09:30:00.000Z' }, false],
    [{ to: '2026-11-24T09:30:00.001Z' }, true],
  ] as const)('a list that was asked for %j knows: %s', (filter, isKnown) => {
    expect(belongs(row(1), tower, filter as Parameters<typeof belongs>[2])).toBe(isKnown);
  });
});
