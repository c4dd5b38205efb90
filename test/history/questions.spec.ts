/** How the history is asked on SQLite: which rows an answer costs, told by the plans of the very statements. */
import type { Session, SqlParameter } from '../../src/persistence/session.js';
import {
  listTransitionsOfSubject,
  listTransitionsOfLicense,
  type TransitionFilter,
  type TransitionRange,
} from '../../src/history/transition.queries.js';
import { Assembly } from '../support/assembly.js';

let assembly: Assembly;
beforeAll(async () => {
  assembly = await Assembly.start();
});
afterAll(() => assembly.stop());

/** The plan of whatever a query asks. */
async function planOf(query: (session: Session) => Promise<unknown>): Promise<string[]> {
  return assembly.database.read(async (session) => {
    const plan: string[] = [];
    const explaining = {
      dialect: session.dialect,
      all: async (sql: string, parameters: readonly SqlParameter[]) => {
        const rows = await session.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
        plan.push(...rows.map(({ detail }) => detail));
        return [];
      },
    } as unknown as Session;
    await query(explaining);
    return plan.filter((detail) => detail.includes('transition'));
  });
}

const filters: [string, TransitionFilter][] = [
  ['its events', { event: ['logOut', 'expire'] }],
  ['the kind of its actors', { actorKind: 'support' }],
  ['an actor', { actorId: 'somebody' }],
  ['its outcomes', { outcome: 'refused' }],
  ['a time', { from: 1, to: 2 }],
  ['everything', { event: ['expire'], actorKind: 'expiry', actorId: 'nobody', outcome: 'accepted', from: 1, to: 2 }],
];

const ways: [string, TransitionRange, string][] = [
  ['older', { order: 'newestFirst', below: 1_000 }, 'sequence<?'],
  ['newer', { order: 'oldestFirst', above: 1_000 }, 'sequence>?'],
];

describe.each(ways)('for %s rows', (_way, range, bound) => {
  it.each(filters)('the history of a license is asked for %s from an index alone', async (_, filter) => {
    const plan = await planOf((session) => listTransitionsOfLicense(session, 'license', filter, range, 51));
    expect(plan).toEqual([
      'SEARCH transition USING INDEX sqlite_autoindex_transition_1 (license_id=? AND sequence=?)',
      `SEARCH transition USING COVERING INDEX transition_questions (license_id=? AND ${bound})`,
    ]);
  });

  it('the history of a license is read from there where nothing is asked', async () => {
    const plan = await planOf((session) => listTransitionsOfLicense(session, 'license', {}, range, 51));
    expect(plan).toEqual([
      'SEARCH transition USING INDEX sqlite_autoindex_transition_1 (license_id=? AND sequence=?)',
      `SEARCH transition USING COVERING INDEX sqlite_autoindex_transition_1 (license_id=? AND ${bound})`,
    ]);
  });

  it.each([['nothing', {}], ...filters] as [string, TransitionFilter][])(
    'the history of a device is found by the device when asked for %s',
    async (_, filter) => {
      const plan = await planOf((session) => listTransitionsOfSubject(session, 'device', filter, range, 51));
      expect(plan).toEqual([`SEARCH transition USING INDEX transition_subject (subject_id=? AND ${bound})`]);
    },
  );
});
