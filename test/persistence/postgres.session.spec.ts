/** What a session on PostgreSQL sends, and when: told by a connection that only writes down. */
import type { ClientBase } from 'pg';
import { PostgresSession } from '../../src/persistence/postgres.session.js';

function noting(): { client: ClientBase; sent: string[] } {
  const sent: string[] = [];
  const query = ({ text }: { text: string }): Promise<unknown> => {
    sent.push(text);
    return Promise.resolve({ rows: [], rowCount: 0 });
  };
  return { client: { query } as unknown as ClientBase, sent };
}

describe('a session whose transaction could not be begun', () => {
  const begun = (): Promise<never> => {
    const failed = Promise.reject<never>(new Error('canceled'));
    failed.catch(() => undefined);
    return failed;
  };

  it.each([
    ['run', (session: PostgresSession) => session.run('UPDATE device SET name = NULL')],
    ['runEach', (session: PostgresSession) => session.runEach('UPDATE device SET name = ?', [['a']])],
    ['send', (session: PostgresSession) => session.send('UPDATE device SET name = NULL')],
    ['all', (session: PostgresSession) => session.all('UPDATE device SET name = NULL RETURNING id')],
  ])('changes nothing by %s', async (_, change) => {
    const { client, sent } = noting();
    await expect(change(new PostgresSession(client, true, begun()))).rejects.toThrow('canceled');
    expect(sent).toEqual([]);
  });
});

it('a session reads without waiting for the beginning, in the order in which it was asked', () => {
  const { client, sent } = noting();
  const session = new PostgresSession(client, true, new Promise(() => undefined));
  void session.lists('SELECT 1');
  void session.all('SELECT 2');
  expect(sent).toEqual(['SELECT 1', 'SELECT 2']);
});
