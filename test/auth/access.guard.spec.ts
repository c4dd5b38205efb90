/** Who gets in where, over HTTP on real SQLite: every kind of credential at routes that declare who they are for. */
import { Controller, Get } from '@nestjs/common';
import { Public } from '../../src/auth/access.decorators.js';
import { AccessGuard } from '../../src/auth/access.guard.js';
import { Credentials } from '../../src/auth/credentials.js';
import { hashSecret, newSecret } from '../../src/auth/secret.js';
import { Sessions } from '../../src/auth/sessions.js';
import {
  AskedController,
  AuthApp,
  insertDeviceRow,
  insertLicenseRow,
  insertOrganizationRow,
  insertTokenRow,
} from './auth.app.js';

const secrets = {
  operator: newSecret('ska_'),
  editor: newSecret('ska_'),
  reader: newSecret('ska_'),
  key: newSecret('skl_'),
  inUse: newSecret('skd_'),
  newest: newSecret('skd_'),
};
const oddOperatorToken = 'skd_an-operator-whose-token-looks-like-a-device';
const deviceId = '01936f2a-0000-7000-8000-000000000001';
const otherDeviceId = '01936f2a-0000-7000-8000-000000000002';

let app: AuthApp;

beforeAll(async () => {
  app = await AuthApp.start({ SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '0' });
  const { database } = app;
  await insertOrganizationRow(database, 'organization-1');
  await insertTokenRow(database, secrets.operator, { id: 'operator-1', role: 'operator' });
  await insertTokenRow(database, oddOperatorToken, { id: 'operator-2', role: 'operator' });
  await insertTokenRow(database, secrets.editor, {
    id: 'editor-1',
    role: 'editor',
    organization_id: 'organization-1',
  });
  await insertTokenRow(database, secrets.reader, {
    id: 'reader-1',
    role: 'reader',
    organization_id: 'organization-1',
  });
  await insertLicenseRow(database, secrets.key, { id: 'license-1', organization_id: 'organization-1' });
  await insertDeviceRow(database, {
    id: deviceId,
    license_id: 'license-1',
    token_hash: hashSecret(secrets.inUse),
    next_token_hash: hashSecret(secrets.newest),
  });
});

afterAll(() => app.stop());

function ask(path: string, authorization: string | null) {
  return app.request('GET', `/asked/${path}`, authorization);
}

function post(path: string, authorization: string | null) {
  return app.request('POST', `/asked/${path}`, authorization);
}

describe('who is asking', () => {
  it('is an operator, by an access token', async () => {
    expect((await ask('anybody', `Bearer ${secrets.operator}`)).body).toEqual({
      kind: 'operator',
      id: 'operator-1',
      name: 'The operator',
    });
  });

  it('is a member, by an access token', async () => {
    expect((await ask('anybody', `Bearer ${secrets.editor}`)).body).toEqual({
      kind: 'member',
      role: 'editor',
      organizationId: 'organization-1',
      id: 'editor-1',
      name: 'The editor',
    });
  });

  it('is client software, by a license key', async () => {
    expect((await ask('anybody', `License ${secrets.key}`)).body).toEqual({
      kind: 'licenseKey',
      licenseId: 'license-1',
      keyHash: hashSecret(secrets.key),
      keyHint: 'hinted',
    });
  });

  it('is a device, by the token in use', async () => {
    expect((await ask('anybody', `Bearer ${secrets.inUse}`)).body).toEqual({
      kind: 'device',
      deviceId,
      licenseId: 'license-1',
      tokenHash: hashSecret(secrets.inUse),
      firstUse: false,
    });
  });

  it('is a device that uses its newest token for the first time', async () => {
    expect((await ask('anybody', `Bearer ${secrets.newest}`)).body).toMatchObject({ kind: 'device', firstUse: true });
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('is found whatever way the scheme is written: %p', async (scheme) => {
    expect((await ask('anybody', `${scheme} ${secrets.operator}`)).status).toBe(200);
  });

  it('is nobody where a route is open, even with a wrong credential', async () => {
    expect((await ask('open', null)).body).toEqual({ kind: 'nobody' });
    expect((await ask('open', 'Bearer wrong')).status).toBe(200);
  });

  it.each(['suspended', 'expired', 'revoked'])('is known by the key of a license that is %s', async (status) => {
    const key = newSecret('skl_');
    await insertLicenseRow(app.database, key, { id: `license-${status}`, organization_id: 'organization-1', status });
    expect((await ask('key-only', `License ${key}`)).status).toBe(200);
  });
});

describe('a credential that is refused', () => {
  const wrong: [string, () => string | null][] = [
    ['is missing', () => null],
    ['is empty', () => ''],
    ['is a scheme alone', () => 'Bearer'],
    ['is of an unknown scheme', () => `Basic ${secrets.operator}`],
    ['has no scheme', () => secrets.operator],
    ['is unknown', () => `Bearer ${newSecret('ska_')}`],
    ['is an unknown license key', () => `License ${newSecret('skl_')}`],
    ['is an unknown device token', () => `Bearer ${newSecret('skd_')}`],
    ['is a license key sent as a bearer', () => `Bearer ${secrets.key}`],
    ['is an access token sent as a license key', () => `License ${secrets.operator}`],
    ['is right but for the case of a letter', () => `Bearer ${secrets.operator.toUpperCase()}`],
    ['is right but for more behind it', () => `Bearer ${secrets.operator} x`],
    ['is the hash of one', () => `Bearer ${hashSecret(secrets.operator)}`],
  ];

  it.each(wrong)('gets 401 when it %s', async (_name, authorization) => {
    const answer = await ask('anybody', authorization());
    expect([answer.status, answer.body['code']]).toEqual([401, 'unauthenticated']);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('gets 401 from the moment on when it has ended', async () => {
    const secret = newSecret('ska_');
    await insertTokenRow(app.database, secret, { id: 'ending', role: 'support' });
    expect((await ask('anybody', `Bearer ${secret}`)).status).toBe(200);
    await app.database.write((session) => session.run('DELETE FROM token WHERE id = ?', ['ending']));
    expect((await ask('anybody', `Bearer ${secret}`)).status).toBe(401);
  });

  it('comes before faults of the body, malformed JSON too', async () => {
    expect((await app.request('POST', '/asked/strict', 'Bearer wrong', { unknown: 1 })).status).toBe(401);
    expect((await app.request('POST', '/asked/strict', 'Bearer wrong', '{')).status).toBe(401);
    expect((await app.request('POST', '/asked/strict', `Bearer ${secrets.reader}`, '{')).status).toBe(403);
    expect((await app.request('POST', '/asked/strict', `Bearer ${secrets.operator}`, '{')).status).toBe(400);
  });
});

describe('a route', () => {
  it.each([
    ['editors', () => `Bearer ${secrets.editor}`, 200],
    ['editors', () => `Bearer ${secrets.operator}`, 200],
    ['editors', () => `Bearer ${secrets.reader}`, 403],
    ['editors', () => `License ${secrets.key}`, 403],
    ['editors', () => `Bearer ${secrets.inUse}`, 403],
    ['key-only', () => `License ${secrets.key}`, 200],
    ['key-only', () => `Bearer ${secrets.operator}`, 403],
    ['key-only', () => `Bearer ${secrets.inUse}`, 403],
  ])('%s lets in whom it declares and refuses others (%#)', async (path, authorization, status) => {
    expect((await ask(path, authorization())).status).toBe(status);
  });

  it('that declares nothing stops the start', async () => {
    @Controller('forgotten')
    class ForgottenController {
      @Get()
      read(): string {
        return 'secret';
      }
    }
    await expect(AuthApp.start({}, [ForgottenController])).rejects.toThrow('GET ForgottenController.read');
  });

  it('that is open and restricted at once stops the start', async () => {
    @Controller('contradicting')
    class ContradictingController extends AskedController {}
    const descriptor = Object.getOwnPropertyDescriptor(AskedController.prototype, 'editors') as PropertyDescriptor;
    const handler = { ...descriptor, value: () => 'secret' };
    for (const key of Reflect.getMetadataKeys(descriptor.value as object)) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, descriptor.value as object), handler.value);
    }
    Public()(ContradictingController.prototype, 'editors', handler);
    Object.defineProperty(ContradictingController.prototype, 'editors', handler);
    await expect(AuthApp.start({}, [ContradictingController])).rejects.toThrow('ContradictingController.editors');
  });

  it('that declares nothing would be refused by the guard too, to everybody', async () => {
    const guard = new AccessGuard(
      app.app.get(Credentials, { strict: false }),
      app.app.get(Sessions, { strict: false }),
    );
    const request = { headers: { authorization: `Bearer ${secrets.operator}` }, ip: '::1' };
    const context = {
      getHandler: () => () => 'secret',
      switchToHttp: () => ({ getRequest: () => request }),
    };
    await expect(guard.canActivate(context as never)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a hot route', () => {
  it('gets a device token unseen, as a claim', async () => {
    const unknown = newSecret('skd_');
    expect((await post(`hot/${deviceId}`, `Bearer ${unknown}`)).body).toEqual({
      kind: 'deviceClaim',
      tokenHash: hashSecret(unknown),
    });
  });

  it('refuses every other credential as any route does', async () => {
    expect((await post(`hot/${deviceId}`, null)).status).toBe(401);
    expect((await post(`hot/${deviceId}`, `Bearer ${newSecret('ska_')}`)).status).toBe(401);
    expect((await post(`hot/${deviceId}`, `Bearer ${secrets.operator}`)).status).toBe(403);
    expect((await post(`hot/${deviceId}`, `License ${secrets.key}`)).status).toBe(403);
  });

  it('has a wrong claim explained as unknown', async () => {
    expect((await post(`explained/${deviceId}`, `Bearer ${newSecret('skd_')}`)).status).toBe(401);
  });

  it("has another device's claim explained as not found", async () => {
    const answer = await post(`explained/${otherDeviceId}`, `Bearer ${secrets.inUse}`);
    expect([answer.status, answer.body['code']]).toEqual([404, 'notFound']);
  });

  it('has a right claim explained as the device', async () => {
    expect((await post(`explained/${deviceId}`, `Bearer ${secrets.newest}`)).body).toMatchObject({
      kind: 'device',
      deviceId,
      firstUse: true,
    });
  });

  it('has a claim explained without a device where the request names none', async () => {
    expect((await post('explained', `Bearer ${secrets.inUse}`)).status).toBe(201);
    expect((await post('explained', `Bearer ${newSecret('skd_')}`)).status).toBe(401);
  });

  it('is forbidden to an operator whose token looks like that of a device', async () => {
    expect((await ask('anybody', `Bearer ${oddOperatorToken}`)).body).toMatchObject({ kind: 'operator' });
    expect((await post(`explained/${deviceId}`, `Bearer ${oddOperatorToken}`)).status).toBe(403);
  });
});

describe('an address that failed too often', () => {
  let limited: AuthApp;

  beforeEach(async () => {
    limited = await AuthApp.start({ SEATKEEPER_FAILED_CREDENTIALS_PER_MINUTE: '3', SEATKEEPER_TRUST_PROXY: 'true' });
    await insertTokenRow(limited.database, secrets.operator, { id: 'operator-1', role: 'operator' });
  });

  afterEach(() => limited.stop());

  async function statuses(authorization: string | null, count: number, headers: Record<string, string> = {}) {
    const seen: number[] = [];
    for (let index = 0; index < count; index++) {
      seen.push((await limited.request('GET', '/asked/anybody', authorization, undefined, headers)).status);
    }
    return seen;
  }

  it('gets 429 with Retry-After for a wrong credential, and in with a correct one', async () => {
    expect(await statuses('Bearer wrong', 4)).toEqual([401, 401, 401, 429]);
    const refused = await limited.request('GET', '/asked/anybody', 'Basic nonsense');
    expect([refused.status, refused.body['code']]).toEqual([429, 'tooManyRequests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await statuses(`Bearer ${secrets.operator}`, 2)).toEqual([200, 200]);
  });

  it('is not one that sends no credential, or a correct one', async () => {
    expect(await statuses(null, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses(`Bearer ${secrets.operator}`, 5)).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses('Bearer wrong', 1)).toEqual([401]);
  });

  it('is the one that the proxy names', async () => {
    expect(await statuses('Bearer wrong', 4, { 'x-forwarded-for': '10.0.0.1' })).toEqual([401, 401, 401, 429]);
    expect(await statuses('Bearer wrong', 1, { 'x-forwarded-for': '10.0.0.2' })).toEqual([401]);
  });

  it('is counted for wrong claims of hot routes too', async () => {
    const seen: number[] = [];
    for (let index = 0; index < 4; index++) {
      seen.push((await limited.request('POST', `/asked/explained/${deviceId}`, `Bearer ${newSecret('skd_')}`)).status);
    }
    expect(seen).toEqual([401, 401, 401, 429]);
  });
});
