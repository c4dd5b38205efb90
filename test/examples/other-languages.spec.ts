/** The examples in curl and in Python: they do what they say, and end with a failure where an answer is not as promised. */
import { changeLicense, historyOfLicense, issueLicense, type LicenseScene } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';
import { environmentFor, newHome, StartedExample } from './started.example.js';

const languages: [language: string, program: string, file: string][] = [
  ['curl', 'bash', 'activate.sh'],
  ['Python', 'python3', 'activate.py'],
];

let server: TestServer;
let license: LicenseScene;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());
beforeEach(async () => (license = await issueLicense(server, { seats: 1 })));

async function run(program: string, file: string, { url, key }: { url: string; key: string }) {
  const example = StartedExample.start([program, file], environmentFor({ url }, { key }, newHome()));
  const { code } = await example.ended();
  return { code, output: example.output };
}

describe.each(languages)('a device’s life in %s', (_language, program, file) => {
  it('goes from activation to being told why not', async () => {
    const { code, output } = await run(program, file, { url: server.url, key: license.key });
    expect([code, output]).toEqual([0, expect.stringContaining('Another device: All seats are occupied. ')]);
    expect(output).toContain('This device: The device is not active. ');
    const rows = await historyOfLicense(server, license.id);
    expect(rows.map(({ event, outcome }) => `${event} ${outcome}`).reverse()).toEqual([
      'issue accepted',
      'register accepted',
      'activate accepted',
      'activate refused',
      'logOut accepted',
    ]);
    expect(rows[0]?.checkIns).toBe(1);
  });

  it('goes the same way again, as a device that is known', async () => {
    await run(program, file, { url: server.url, key: license.key });
    expect((await run(program, file, { url: server.url, key: license.key })).code).toBe(0);
  });

  it('ends where a seat is given that was not promised', async () => {
    const roomy = await issueLicense(server, { seats: 2 });
    const { code, output } = await run(program, file, { url: server.url, key: roomy.key });
    expect([code, output]).toEqual([1, expect.stringMatching(/Expected .*409.*noSeatAvailable/)]);
  });

  it('ends where the license is on hold, or the key is none', async () => {
    await changeLicense(server, license.id, 'suspend');
    const held = await run(program, file, { url: server.url, key: license.key });
    expect([held.code, held.output]).toEqual([1, expect.stringContaining('licenseSuspended')]);
    const unknown = await run(program, file, { url: server.url, key: 'skl_nobody' });
    expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining('unauthenticated')]);
  });

  it('ends where nobody answers', async () => {
    const { code } = await run(program, file, { url: 'http://127.0.0.1:9', key: license.key });
    expect(code).toBeGreaterThan(0);
  });
});
