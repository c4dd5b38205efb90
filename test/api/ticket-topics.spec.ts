/** What a ticket can be about: the same for each topic as opening one would be answered (R9). */
import { expectProblem } from '../support/problem.js';
import { issueLicense, memberToken, newOrganization } from '../support/scene.js';
import { operatorToken, startServer, type TestServer } from '../support/server.js';

interface Topic {
  topic: string;
  allowed: boolean;
  reason: string | null;
  remedy: string | null;
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const auth = `Bearer ${operatorToken}`;
const topicsOf = (licenseId: string) =>
  server.request<{ items: Topic[]; nextCursor: null }>('GET', `/v1/licenses/${licenseId}/ticket-topics`, { auth });

it.each([
  ['without Support & Upgrade', null, ['deviceDeactivation']],
  ['with it', '2999-01-01T00:00:00Z', ['deviceDeactivation', 'billing', 'technical', 'other']],
  ['with one that has ended', '2020-01-01T00:00:00Z', ['deviceDeactivation']],
])('is what can be opened %s', async (_what, supportAndUpgradeUntil, open) => {
  const { id } = await issueLicense(server, { supportAndUpgradeUntil });
  const { status, body } = await topicsOf(id);
  expect([status, body.nextCursor]).toEqual([200, null]);
  expect(body.items.map(({ topic }) => topic)).toEqual(['deviceDeactivation', 'billing', 'technical', 'other']);
  for (const { topic, allowed, reason, remedy } of body.items) {
    const message = 'Help';
    const opened = await server.request('POST', '/v1/support-tickets', {
      auth,
      body: { licenseId: id, topic, message },
    });
    expect([topic, allowed]).toEqual([topic, open.includes(topic)]);
    if (allowed) {
      expect([opened.status, reason, remedy]).toEqual([201, null, null]);
    } else {
      const problem = expectProblem(opened, 403, 'supportAndUpgradeRequired');
      expect([reason, remedy]).toEqual([problem.code, problem.remedy]);
    }
  }
});

it('is nobody else’s to know', async () => {
  const { id } = await issueLicense(server);
  const stranger = await memberToken(server, 'owner', (await newOrganization(server)).id);
  for (const licenseId of [id, '01936f2a-5c3e-7b1d-8a4f-2d6c9e0b7a15']) {
    const path = `/v1/licenses/${licenseId}/ticket-topics`;
    expectProblem(await server.request('GET', path, { auth: stranger.auth }), 404, 'notFound');
  }
});
