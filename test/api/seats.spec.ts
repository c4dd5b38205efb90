/** The seats of a license, one after the other. */
import { expectProblem } from '../support/problem.js';
import { type List, type Seat } from '../support/representations.js';
import { activate, issueLicense, logOut, readAll, readDevice } from '../support/scene.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('the seats of a license', () => {
  it('are numbered from 1 and hold a device or null', async () => {
    const license = await issueLicense(server, { seats: 3 });
    const one = await activate(server, license);
    const two = await activate(server, license);
    await logOut(server, one);
    const answer = await server.request<List<Seat>>('GET', `/v1/licenses/${license.id}/seats`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      items: [
        { number: 1, device: null },
        { number: 2, device: await readDevice(server, two.id) },
        { number: 3, device: null },
      ],
      nextCursor: null,
    });
  });

  it('come in pages, each seat once and by number', async () => {
    const license = await issueLicense(server, { seats: 450 });
    const first = await server.request<List<Seat>>('GET', `/v1/licenses/${license.id}/seats`);
    expect(first.body.items).toHaveLength(50);
    const seats = await readAll<Seat>(server, `/v1/licenses/${license.id}/seats`);
    expect(seats.map(({ number }) => number)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
  });

  it('are given lowest first', async () => {
    const license = await issueLicense(server, { seats: 3 });
    const devices = [];
    for (let count = 0; count < 3; count += 1) devices.push(await activate(server, license));
    expect(devices.map(({ device }) => device.seat)).toEqual([1, 2, 3]);
    for (const device of devices.slice(0, 2)) await logOut(server, device);
    expect((await activate(server, license)).device.seat).toBe(1);
    expect((await activate(server, license)).device.seat).toBe(2);
  });

  it.each(['limit=201', 'cursor=first', 'state=active'])('refuse ?%s', async (query) => {
    const { id } = await issueLicense(server);
    expectProblem(await server.request('GET', `/v1/licenses/${id}/seats?${query}`), 400, 'invalidRequest');
  });
});
