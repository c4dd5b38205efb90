/** Replacing a license key on the spot, so that a thief cannot take a free seat again (R8). */
import { expectProblem } from '../support/problem.js';
import { type License } from '../support/representations.js';
import {
  activate,
  checkIn,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  memberToken,
  readLicense,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const replace = (id: string, auth?: string) =>
  server.request<{ license: License; key: string }>('POST', `/v1/licenses/${id}/key`, { auth });

describe('a new license key', () => {
  it('is shown once, with the license', async () => {
    const license = await issueLicense(server);
    const answer = await replace(license.id);
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body).sort()).toEqual(['key', 'license']);
    expect(answer.body.key).not.toBe(license.key);
    const read = await server.request('GET', `/v1/licenses/${license.id}`);
    expect(read.body).toEqual(answer.body.license);
    expect(read.text).not.toContain(answer.body.key);
  });

  it('makes the old one unknown from that moment, also for a known device', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await replace(license.id);
    for (const fingerprint of [device.fingerprint, freshFingerprint()]) {
      const answer = await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint } });
      expectProblem(answer, 401, 'unauthenticated');
    }
  });

  it('activates devices, the known ones too', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    const { key } = (await replace(license.id)).body;
    const again = await activate(server, { auth: `License ${key}` }, { fingerprint: device.fingerprint });
    expect(again.id).toBe(device.id);
  });

  it('leaves active devices active', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await replace(license.id);
    expect((await checkIn(server, device)).state).toBe('active');
  });

  it('is a change of the license: a new version and a row by the person', async () => {
    const license = await issueLicense(server);
    const owner = await memberToken(server, 'owner', license.organizationId);
    const { license: after } = (await replace(license.id, owner.auth)).body;
    expect(after.version).toBeGreaterThan(license.license.version);
    expect((await readLicense(server, license.id)).keyHint).toBe(after.keyHint);
    const [row, ...rest] = await historyOfLicense(server, license.id);
    expect(row).toMatchObject({ machine: 'license', from: 'active', to: 'active', actor: { kind: 'member' } });
    expect(rest).toHaveLength(row ? row.sequence - 1 : 0);
  });

  it('replaced many times at once leaves exactly one good', async () => {
    const license = await issueLicense(server);
    const answers = await Promise.all(Array.from({ length: 5 }, () => replace(license.id)));
    const statuses = [];
    for (const { body } of answers) {
      const answer = await server.request('POST', '/v1/devices', {
        auth: `License ${body.key}`,
        body: { fingerprint: 'fingerprint-of-many' },
      });
      statuses.push(answer.status);
    }
    expect(statuses.sort()).toEqual([201, 401, 401, 401, 401]);
  });
});
