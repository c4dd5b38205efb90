/** When several causes of refusal apply at once, the first of the contract's table is given. Neighbours, pair by pair. */
import { randomUUID } from 'node:crypto';
import { later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import {
  activate,
  changeLicense,
  freshFingerprint,
  issueLicense,
  logOut,
  memberToken,
  newOrganization,
  openTicket,
  register,
  setRemoteDeactivation,
  setTicketStatus,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const tooLong = JSON.stringify({ name: 'x'.repeat(70_000) });
const asText = { 'content-type': 'text/plain' };

describe('before the credentials', () => {
  it('the old page comes before the size of the body', async () => {
    const answer = await server.request('POST', '/account/licenses/1', { rawBody: tooLong, auth: null });
    expectProblem(answer, 410, 'legacyLicenseManager');
  });

  it('the size of the body comes before missing credentials', async () => {
    const answer = await server.request('POST', '/v1/organizations', { rawBody: tooLong, auth: null });
    expectProblem(answer, 413, 'tooLarge');
  });

  it('the media type comes before missing credentials', async () => {
    const answer = await server.request('POST', '/v1/organizations', { rawBody: 'x', headers: asText, auth: null });
    expectProblem(answer, 415, 'unsupportedMediaType');
  });

  it('the media type comes before the role and the content', async () => {
    const { auth } = await supportToken(server);
    const answer = await server.request('POST', '/v1/organizations', { rawBody: '{', headers: asText, auth });
    expectProblem(answer, 415, 'unsupportedMediaType');
  });
});

describe('an unknown device token comes before', () => {
  const auth = 'Bearer skd_of-no-device-at-all-0123456789abcdef0123456';
  it.each([
    ['an invalid body', `/v1/devices/${unknownId}/check-in`, '{"appVersion": 7}'],
    ['malformed JSON', `/v1/devices/${unknownId}/check-in`, '{'],
    ['an unknown field', `/v1/devices/${unknownId}/log-out`, '{"reason": "lunch"}'],
    ['an unknown query parameter', `/v1/devices/${unknownId}/log-out?wet=true`, '{}'],
    ['a malformed id', '/v1/devices/seven/check-in', '{}'],
    ['an unknown id', `/v1/devices/${unknownId}/check-in`, '{}'],
  ])('%s', async (_cause, path, rawBody) => {
    expectProblem(await server.request('POST', path, { auth, rawBody }), 401, 'unauthenticated');
  });
});

describe('missing credentials come before', () => {
  it.each([
    ['what such a credential may never do', 'POST', '/v1/organizations', { name: 'x' }],
    ['an invalid body', 'POST', '/v1/organizations', {}],
    ['malformed ids', 'GET', '/v1/licenses/seven', undefined],
    ['unknown ids', 'GET', `/v1/licenses/${unknownId}`, undefined],
    ['a missing version', 'PATCH', `/v1/licenses/${unknownId}`, { seats: 1 }],
  ])('%s', async (_what, method, path, body) => {
    for (const auth of [null, 'Bearer ska_unknown', 'Bearer skd_unknown', 'License unknown']) {
      expectProblem(await server.request(method, path, { auth, body }), 401, 'unauthenticated');
    }
  });

  it('malformed JSON', async () => {
    const answer = await server.request('POST', '/v1/organizations', { auth: null, rawBody: '{' });
    expectProblem(answer, 401, 'unauthenticated');
  });

  it('a replaced key comes before the license it belonged to being suspended', async () => {
    const license = await issueLicense(server);
    await server.request('POST', `/v1/licenses/${license.id}/key`);
    await changeLicense(server, license.id, 'suspend');
    const body = { fingerprint: freshFingerprint() };
    const answer = await server.request('POST', '/v1/devices', { auth: license.auth, body });
    expectProblem(answer, 401, 'unauthenticated');
  });

  it('an unknown license key comes before a bad fingerprint', async () => {
    const answer = await server.request('POST', '/v1/devices', { auth: 'License unknown', body: { fingerprint: 'x' } });
    expectProblem(answer, 401, 'unauthenticated');
  });
});

describe('the role comes before', () => {
  it('an invalid body, malformed JSON and malformed ids', async () => {
    const license = await issueLicense(server);
    const { auth } = await memberToken(server, 'reader', license.organizationId);
    for (const [method, path, rawBody] of [
      ['POST', '/v1/licenses', '{}'],
      ['POST', '/v1/licenses', '{'],
      ['PUT', `/v1/licenses/${license.id}/remote-deactivation`, '{"enabled":"yes"}'],
      ['POST', '/v1/licenses/seven/key', ''],
      ['DELETE', '/v1/tokens/seven', undefined],
    ] as const) {
      expectProblem(await server.request(method, path, { auth, rawBody }), 403, 'forbidden');
    }
  });

  it("unknown ids and another organization's", async () => {
    const foreign = await issueLicense(server);
    const { auth } = await memberToken(server, 'reader', (await newOrganization(server)).id);
    for (const id of [foreign.id, unknownId]) {
      expectProblem(await server.request('POST', `/v1/licenses/${id}/key`, { auth }), 403, 'forbidden');
      expectProblem(await server.request('POST', `/v1/licenses/${id}/suspend`, { auth }), 403, 'forbidden');
    }
  });

  it('an unknown query parameter', async () => {
    const { auth } = await supportToken(server);
    expectProblem(await server.request('GET', '/v1/tokens?page=2', { auth }), 403, 'forbidden');
  });

  it('a missing version', async () => {
    const license = await issueLicense(server);
    const { auth } = await memberToken(server, 'owner', license.organizationId);
    const answer = await server.request('PATCH', `/v1/licenses/${license.id}`, { auth, body: { seats: 4 } });
    expectProblem(answer, 403, 'forbidden');
  });

  it('a device that is not active, for client software with the wrong kind of credential', async () => {
    const license = await issueLicense(server);
    const device = await activate(server, license);
    await logOut(server, device);
    for (const auth of [license.auth, undefined]) {
      const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth });
      expectProblem(answer, 403, 'forbidden');
    }
  });
});

describe('an invalid request comes before', () => {
  it('an id that names nothing', async () => {
    const { id: organizationId } = await newOrganization(server);
    for (const [method, path, body] of [
      ['PATCH', `/v1/devices/${unknownId}`, { name: '' }],
      ['GET', `/v1/licenses/${unknownId}/devices?state=gone`, undefined],
      ['POST', '/v1/licenses', { organizationId: unknownId, product: 'x', seats: 0 }],
      ['POST', '/v1/support-tickets', { licenseId: unknownId, topic: 'none', message: 'x' }],
      ['POST', '/v1/tokens', { role: 'king', organizationId, name: 'x' }],
    ] as const) {
      expectProblem(await server.request(method, path, { body }), 400, 'invalidRequest');
    }
  });

  it('a reused Idempotency-Key', async () => {
    const headers = { 'idempotency-key': `order-${randomUUID()}` };
    await server.request('POST', '/v1/organizations', { headers, body: { name: 'One' } });
    const answer = await server.request('POST', '/v1/organizations', { headers, body: { name: ' ' } });
    expectProblem(answer, 400, 'invalidRequest');
  });

  it('a missing version', async () => {
    const { id } = await issueLicense(server);
    expectProblem(await server.request('PATCH', `/v1/licenses/${id}`, { body: { seats: 0 } }), 400, 'invalidRequest');
  });

  it('a device that is not active', async () => {
    const device = await register(server, (await issueLicense(server)).id);
    const body = { reason: ' ' };
    const answer = await server.request('POST', `/v1/devices/${device.id}/remote-deactivation`, { body });
    expectProblem(answer, 400, 'invalidRequest');
  });

  it('a suspended license', async () => {
    const license = await issueLicense(server);
    await changeLicense(server, license.id, 'suspend');
    const answer = await server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint: 'x' } });
    expectProblem(answer, 400, 'invalidRequest');
  });
});

describe('what is not found comes before', () => {
  it('a reused Idempotency-Key', async () => {
    const { id: organizationId } = await newOrganization(server);
    const headers = { 'idempotency-key': `order-${randomUUID()}` };
    const body = { organizationId, product: 'x', seats: 1 };
    await server.request('POST', '/v1/licenses', { headers, body });
    const other = { ...body, organizationId: unknownId };
    expectProblem(await server.request('POST', '/v1/licenses', { headers, body: other }), 404, 'notFound');
  });

  it('a missing or another version', async () => {
    for (const headers of [undefined, { 'if-match': '"999"' }]) {
      const answer = await server.request('PATCH', `/v1/licenses/${unknownId}`, { headers, body: { seats: 1 } });
      expectProblem(answer, 404, 'notFound');
    }
  });

  it('Support & Upgrade: a device of another license', async () => {
    const license = await issueLicense(server);
    const { id: deviceId } = await register(server, (await issueLicense(server)).id);
    const body = { licenseId: license.id, deviceId, topic: 'billing', message: 'x' };
    expectProblem(await server.request('POST', '/v1/support-tickets', { body }), 404, 'notFound');
  });

  it('a device that is not active: an unknown ticket', async () => {
    const { id } = await register(server, (await issueLicense(server)).id);
    const body = { ticketId: unknownId, reason: 'x' };
    expectProblem(await server.request('POST', `/v1/devices/${id}/forced-deactivation`, { body }), 404, 'notFound');
  });
});

describe('further down the table', () => {
  it('a reused Idempotency-Key comes before Support & Upgrade', async () => {
    const license = await issueLicense(server);
    const headers = { 'idempotency-key': `order-${randomUUID()}` };
    const body = { licenseId: license.id, topic: 'deviceDeactivation', message: 'x' };
    await server.request('POST', '/v1/support-tickets', { headers, body });
    const answer = await server.request('POST', '/v1/support-tickets', {
      headers,
      body: { ...body, topic: 'billing' },
    });
    expectProblem(answer, 422, 'idempotencyKeyReused');
  });

  it('a missing and another version come before seats in use', async () => {
    const license = await issueLicense(server);
    await activate(server, license);
    await activate(server, license);
    const path = `/v1/licenses/${license.id}`;
    expectProblem(await server.request('PATCH', path, { body: { seats: 1 } }), 428, 'versionRequired');
    const headers = { 'if-match': '"999"' };
    expectProblem(await server.request('PATCH', path, { headers, body: { seats: 1 } }), 412, 'versionMismatch');
  });

  it('a ticket that does not apply comes before a device that is not active', async () => {
    const license = await issueLicense(server);
    const { id } = await register(server, license.id);
    const ticket = await openTicket(server, license.id);
    await setTicketStatus(server, ticket.id, 'closed');
    const body = { ticketId: ticket.id, reason: 'x' };
    const answer = await server.request('POST', `/v1/devices/${id}/forced-deactivation`, { body });
    expectProblem(answer, 409, 'ticketNotApplicable');
  });

  it.each(['suspend', 'revoke'] as const)(
    'a device that is not active comes before %s of its license',
    async (event) => {
      const license = await issueLicense(server);
      const device = await activate(server, license);
      await logOut(server, device);
      await changeLicense(server, license.id, event);
      const answer = await server.request('POST', `/v1/devices/${device.id}/check-in`, { auth: device.auth });
      expectProblem(answer, 409, 'deviceNotActive');
    },
  );

  it('a device that is not active comes before the setting', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const { id } = await register(server, license.id);
    expectProblem(await server.request('POST', `/v1/devices/${id}/remote-deactivation`), 409, 'deviceNotActive');
    await activate(server, license);
    await setRemoteDeactivation(server, license.id, true);
    expectProblem(await server.request('POST', `/v1/devices/${id}/remote-deactivation`), 409, 'deviceNotActive');
  });

  it('a license that is not active comes before seats', async () => {
    const validUntil = later(await now(server), 1);
    const suspended = await issueLicense(server, { seats: 1 });
    const expired = await issueLicense(server, { seats: 1, validUntil });
    const revoked = await issueLicense(server, { seats: 1 });
    for (const license of [suspended, expired, revoked]) await activate(server, license);
    await changeLicense(server, suspended.id, 'suspend');
    await changeLicense(server, revoked.id, 'revoke');
    await server.advance('PT0.001S');
    for (const [{ auth }, code] of [
      [suspended, 'licenseSuspended'],
      [expired, 'licenseExpired'],
      [revoked, 'licenseRevoked'],
    ] as const) {
      const body = { fingerprint: freshFingerprint() };
      expectProblem(await server.request('POST', '/v1/devices', { auth, body }), 403, code);
    }
  });

  it('the suspension comes before the end of the validity', async () => {
    const license = await issueLicense(server, { validUntil: later(await now(server), 1) });
    await changeLicense(server, license.id, 'suspend');
    await server.advance('PT0.001S');
    const body = { fingerprint: freshFingerprint() };
    const answer = await server.request('POST', '/v1/devices', { auth: license.auth, body });
    expectProblem(answer, 403, 'licenseSuspended');
  });

  it('the setting comes before a device that predates it', async () => {
    const license = await issueLicense(server, { remoteDeactivation: 'disabled' });
    const device = await activate(server, license);
    const path = `/v1/devices/${device.id}/remote-deactivation`;
    expectProblem(await server.request('POST', path), 409, 'remoteDeactivationDisabled');
    await setRemoteDeactivation(server, license.id, true);
    expectProblem(await server.request('POST', path), 409, 'remoteDeactivationEnabling');
  });
});
