/** Refused activations in the history: the first at once, its repeats of the same minute as one row more. */
import { type Transition } from '../support/representations.js';
import {
  activate,
  changeLicense,
  freshFingerprint,
  historyOfDevice,
  historyOfLicense,
  issueLicense,
  type LicenseScene,
  logOut,
} from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const knock = (license: LicenseScene, fingerprint = freshFingerprint()) =>
  server.request('POST', '/v1/devices', { auth: license.auth, body: { fingerprint } });

async function refusals(license: LicenseScene): Promise<Transition[]> {
  const rows = await historyOfLicense(server, license.id);
  return rows.filter(({ outcome }) => outcome === 'refused').reverse();
}

async function fullLicense() {
  const license = await issueLicense(server, { seats: 1 });
  return { license, device: await activate(server, license) };
}

describe('a refused activation', () => {
  it('of an unknown device is recorded at once, without a subject', async () => {
    const { license } = await fullLicense();
    await knock(license);
    expect(await refusals(license)).toMatchObject([
      {
        machine: 'device',
        subjectId: null,
        licenseId: license.id,
        event: 'activate',
        from: null,
        to: null,
        outcome: 'refused',
        reason: 'noSeatAvailable',
        count: 1,
        actor: { kind: 'licenseKey' },
      },
    ]);
  });

  it('of a known device is recorded with the state that it stays in', async () => {
    const { license, device } = await fullLicense();
    await logOut(server, device);
    await activate(server, license);
    await knock(license, device.fingerprint);
    expect((await historyOfDevice(server, device.id))[0]).toMatchObject({
      subjectId: device.id,
      event: 'activate',
      from: 'loggedOut',
      to: 'loggedOut',
      outcome: 'refused',
      reason: 'noSeatAvailable',
    });
  });

  it('repeated within a minute is one more row when the minute has ended, however often', async () => {
    const { license } = await fullLicense();
    for (let count = 0; count < 6; count += 1) await knock(license);
    expect((await refusals(license)).map(({ count }) => count)).toEqual([1]);
    await server.advance('PT1M');
    expect((await refusals(license)).map(({ count }) => count)).toEqual([1, 5]);
  });

  it('that was not repeated makes no second row', async () => {
    const { license } = await fullLicense();
    await knock(license);
    await server.advance('PT2M');
    expect((await refusals(license)).map(({ count }) => count)).toEqual([1]);
  });

  it('is recorded at once again in the next minute', async () => {
    const { license } = await fullLicense();
    await knock(license);
    await knock(license);
    await server.advance('PT1M');
    await knock(license);
    expect((await refusals(license)).map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  it('for another reason is recorded on its own', async () => {
    const { license } = await fullLicense();
    await knock(license);
    await changeLicense(server, license.id, 'suspend');
    await knock(license);
    expect((await refusals(license)).map(({ reason }) => reason)).toEqual(['noSeatAvailable', 'licenseSuspended']);
  });

  it('of a known device does not count as one of the unknown', async () => {
    const { license, device } = await fullLicense();
    await logOut(server, device);
    await activate(server, license);
    await knock(license);
    await knock(license, device.fingerprint);
    expect((await refusals(license)).map(({ subjectId }) => subjectId)).toEqual([null, device.id]);
  });

  it('for an unknown license key is recorded nowhere', async () => {
    const { license } = await fullLicense();
    const before = await historyOfLicense(server, license.id);
    await knock({ ...license, auth: `${license.auth}x` });
    expect(await historyOfLicense(server, license.id)).toEqual(before);
  });

  it('keeps the numbers without a gap', async () => {
    const { license } = await fullLicense();
    for (let count = 0; count < 3; count += 1) await knock(license);
    await changeLicense(server, license.id, 'suspend');
    await knock(license);
    await server.advance('PT1M');
    const rows = await historyOfLicense(server, license.id);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => rows.length - index));
  });
});
