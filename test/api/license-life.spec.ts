/** A license suspended, reinstated, expired, renewed and revoked. */
import { advanceTo, day, later, now } from '../support/clock.js';
import { expectProblem } from '../support/problem.js';
import { type License } from '../support/representations.js';
import { activate, changeLicense, historyOfLicense, issueLicense, readDevice, readLicense } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** A license in each status, made the way it gets there. */
const inStatus = {
  active: () => issueLicense(server, {}),
  suspended: async () => {
    const license = await issueLicense(server);
    await changeLicense(server, license.id, 'suspend');
    return license;
  },
  expired: async () => {
    const license = await issueLicense(server, { validUntil: later(await now(server), day) });
    await server.advance('P1D');
    return license;
  },
  revoked: async () => {
    const license = await issueLicense(server);
    await changeLicense(server, license.id, 'revoke');
    return license;
  },
};

const tomorrow = async () => ({ validUntil: later(await now(server), day) });
const send = async (id: string, event: string) =>
  server.request<License>('POST', `/v1/licenses/${id}/${event}`, {
    body: event === 'renew' ? await tomorrow() : undefined,
  });

describe('an event of a license', () => {
  it.each([
    ['active', 'suspend', 'suspended'],
    ['active', 'revoke', 'revoked'],
    ['suspended', 'reinstate', 'active'],
    ['suspended', 'revoke', 'revoked'],
    ['expired', 'renew', 'active'],
    ['expired', 'revoke', 'revoked'],
  ] as const)('in %s, %s leads to %s, with a new version and a row', async (from, event, to) => {
    const { id } = await inStatus[from]();
    const before = await readLicense(server, id);
    const answer = await send(id, event);
    expect(answer.status).toBe(200);
    expect(answer.body.status).toBe(to);
    expect(answer.body.version).toBeGreaterThan(before.version);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
    expect((await historyOfLicense(server, id))[0]).toMatchObject({
      machine: 'license',
      subjectId: id,
      event,
      from,
      to,
      outcome: 'accepted',
      actor: { kind: 'operator' },
    });
    expect(await readLicense(server, id)).toEqual(answer.body);
  });

  it.each([
    ['suspended', 'suspend'],
    ['active', 'reinstate'],
    ['revoked', 'revoke'],
  ] as const)('in %s, %s is a harmless repeat', async (from, event) => {
    const { id } = await inStatus[from]();
    const before = await readLicense(server, id);
    const history = await historyOfLicense(server, id);
    const answer = await send(id, event);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(before);
    expect(await historyOfLicense(server, id)).toEqual(history);
  });

  it.each([
    ['expired', 'suspend'],
    ['revoked', 'suspend'],
    ['expired', 'reinstate'],
    ['revoked', 'reinstate'],
    ['revoked', 'renew'],
  ] as const)('in %s, %s is refused as eventNotAllowed', async (from, event) => {
    const { id } = await inStatus[from]();
    const problem = expectProblem(await send(id, event), 409, 'eventNotAllowed');
    expect(problem).toMatchObject({ state: from, event });
    expect((await readLicense(server, id)).status).toBe(from);
  });
});

describe('renewing', () => {
  it.each(['active', 'suspended'] as const)('keeps a license %s and gives it the new date', async (status) => {
    const { id } = await inStatus[status]();
    const { version } = await readLicense(server, id);
    const { validUntil } = await tomorrow();
    const renewed = await changeLicense(server, id, 'renew', { validUntil });
    expect(renewed).toMatchObject({ status, validUntil });
    expect(renewed.version).toBeGreaterThan(version);
    expect((await historyOfLicense(server, id))[0]).toMatchObject({ event: 'renew', from: status, to: status });
  });

  it('without end takes null', async () => {
    const { id } = await inStatus.expired();
    expect(await changeLicense(server, id, 'renew', { validUntil: null })).toMatchObject({
      status: 'active',
      validUntil: null,
    });
  });

  it('needs a time to come or null', async () => {
    const { id } = await inStatus.active();
    const time = await now(server);
    for (const body of [{ validUntil: time }, { validUntil: later(time, -1) }, { validUntil: 'soon' }, {}]) {
      const answer = await server.request('POST', `/v1/licenses/${id}/renew`, { body });
      expectProblem(answer, 400, 'invalidRequest');
    }
  });
});

describe('the end of the validity', () => {
  it('expires the license at that very instant', async () => {
    const validUntil = later(await now(server), day);
    const { id } = await issueLicense(server, { validUntil });
    await advanceTo(server, later(validUntil, -1));
    expect((await readLicense(server, id)).status).toBe('active');
    await server.advance('PT0.001S');
    expect((await readLicense(server, id)).status).toBe('expired');
  });

  it('is written into the history with the instant when it held', async () => {
    const validUntil = later(await now(server), day);
    const { id } = await issueLicense(server, { validUntil });
    await server.advance('P2D');
    expect((await historyOfLicense(server, id))[0]).toMatchObject({
      machine: 'license',
      event: 'expire',
      from: 'active',
      to: 'expired',
      at: validUntil,
      recordedAt: await now(server),
      actor: { kind: 'expiry' },
    });
  });

  it('does not end a suspension; reinstating then leads to expired', async () => {
    const { id } = await issueLicense(server, { validUntil: later(await now(server), day) });
    await changeLicense(server, id, 'suspend');
    await server.advance('P2D');
    expect((await readLicense(server, id)).status).toBe('suspended');
    expect((await changeLicense(server, id, 'reinstate')).status).toBe('expired');
  });

  it('leaves active devices their seats until their own deactivation date', async () => {
    const license = await issueLicense(server, { validUntil: later(await now(server), day) });
    const device = await activate(server, license);
    await server.advance('P1D');
    expect(await readDevice(server, device.id)).toMatchObject({ state: 'active', seat: 1 });
    await advanceTo(server, device.device.deactivationDate ?? '');
    expect(await readDevice(server, device.id)).toMatchObject({ state: 'expired', seat: null });
  });
});
