/** Somebody holds a table for longer than a read waits, as maintenance by hand does: who reads is told to come again, and it is no fault. */
import { expectProblem } from '../support/problem.js';
import { type Contested, startContested } from '../support/rival.js';
import { activate, issueLicense } from '../support/scene.js';

let contested: Contested;
beforeAll(async () => {
  contested = await startContested();
});
afterAll(() => contested.close());

it('every read of a table that is locked is `overloaded`, and answered once the lock is gone', async () => {
  const license = await issueLicense(contested.server);
  const { id, auth } = await activate(contested.server, license);
  const reads: [string, string | undefined][] = [
    [`/v1/devices/${id}`, undefined],
    [`/v1/devices/${id}`, auth],
    [`/v1/licenses/${license.id}`, undefined],
    [`/v1/licenses/${license.id}/devices`, undefined],
  ];
  const readAll = () =>
    Promise.all(reads.map(([path, reader]) => contested.server.request('GET', path, { auth: reader })));
  await contested.rival.query('BEGIN');
  await contested.rival.query('LOCK TABLE device IN ACCESS EXCLUSIVE MODE');
  const held = await readAll();
  await contested.rival.query('ROLLBACK');
  for (const answer of held) {
    expect(expectProblem(answer, 503, 'overloaded')).toMatchObject({ outcome: 'none' });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]/);
  }
  expect((await readAll()).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(contested.server.output).not.toContain('a request failed');
});
