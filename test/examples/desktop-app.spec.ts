/** The example of a desktop application: what a person reads while the network, the owner and the license do what they do. */
import { changeLicense, historyOfLicense, issueLicense, type LicenseScene } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { environmentFor, newHome, StartedExample } from './started.example.js';

/** So short that a lost connection is noticed while a test waits for it, and so long that a server is started meanwhile. */
const checkInPeriod = 'PT40S';

let server: TestServer;
let license: LicenseScene;
let home: string;
let application: StartedExample | null = null;
beforeAll(async () => (server = await startServer({ clock: 'system' })));
afterAll(() => server.stop());
beforeEach(async () => {
  license = await issueLicense(server, { seats: 1, checkInPeriod });
  home = newHome();
});
afterEach(() => application?.leave());

function start(): StartedExample {
  const env = { ...environmentFor(server, license, home), FINGERPRINT: 'desktop-of-the-tests' };
  application = StartedExample.start([process.execPath, 'desktop-app.js'], env);
  return application;
}

async function deactivateRemotely(reason: string): Promise<void> {
  const { body } = await server.request<{ items: { id: string }[] }>('GET', `/v1/licenses/${license.id}/devices`);
  const answer = await server.request('POST', `/v1/devices/${body.items[0]?.id}/remote-deactivation`, {
    body: { reason },
  });
  expect(answer.status).toBe(200);
}

async function drawn(app: StartedExample): Promise<boolean> {
  app.type('draw');
  return (await app.says(/map/i)) === 'A map was drawn.';
}

it('runs with the server and without, is told by the owner while it runs, and goes on when a person asks', async () => {
  const app = start();
  await app.says(/^Ready\.$/);
  expect(await drawn(app)).toBe(true);

  await server.stop();
  await app.says(/^Ready\. The license server does not answer; it is not needed before \d{4}-\d\d-\d\d\.$/);
  expect(await drawn(app)).toBe(true);
  await server.start();
  await app.says(/^Ready\.$/);

  await deactivateRemotely('Left in a taxi');
  const told = await app.says(/^Stopped:/);
  expect(told).toContain('(remotelyDeactivated)');
  expect(await drawn(app)).toBe(false);

  app.type('log in');
  await app.says(/^Ready\.$/);
  app.type('log out');
  await app.says(/^Stopped: .*\(signedOut\)$/);
  expect(await drawn(app)).toBe(false);
  app.type('quit');
  expect((await app.ended()).code).toBe(0);

  const events = (await historyOfLicense(server, license.id)).map(({ event }) => event).reverse();
  expect(events).toEqual(['issue', 'register', 'activate', 'remotelyDeactivate', 'activate', 'logOut']);
});

it('starts without the server, as long as its lease is good', async () => {
  license = await issueLicense(server, { checkInPeriod: 'PT20S' });
  const first = start();
  await first.says(/^Ready\.$/);
  first.type('quit');
  await first.ended();
  await server.stop();
  const second = start();
  await second.says(/^Ready\. The license server does not answer/);
  expect(await drawn(second)).toBe(true);
  await second.says(/^Stopped: .*\(leaseEnded\)$/);
  expect(await drawn(second)).toBe(false);
  await server.start();
});

it('does not take a seat back that was freed while it was away, until a person asks', async () => {
  const first = start();
  await first.says(/^Ready\.$/);
  first.kill();
  await first.ended();
  await deactivateRemotely('Stolen');
  const second = start();
  await second.says(/^Stopped: .*\(remotelyDeactivated\)$/);
  expect(await drawn(second)).toBe(false);
  second.type('log in');
  await second.says(/^Ready\.$/);
});

it('waits where the license is suspended, and goes on by itself', async () => {
  const app = start();
  await app.says(/^Ready\.$/);
  await changeLicense(server, license.id, 'suspend');
  await app.says(/^Stopped: .*\(licenseSuspended\)$/);
  await changeLicense(server, license.id, 'reinstate');
  await app.says(/^Ready\.$/);
});

it('says what is wrong with what a person asked for', async () => {
  license = { ...license, key: 'a key with blanks' };
  const app = start();
  await app.says(/^Stopped: .*\(signedOut\)$/);
  app.type('log in');
  await app.says(/^Not done: .*\(licenseKeyMalformed\)$/);
  expect(await drawn(app)).toBe(false);
});
