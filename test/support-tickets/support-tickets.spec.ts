/** Support tickets where the contract's tests do not reach: retries, order of refusals, the order of the list. */
import { Assembly } from '../support/assembly.js';

const organization = '01936f2a-0000-7000-8000-000000000001';
const other = '01936f2a-0000-7000-8000-000000000002';
const license = '01936f2a-0000-7000-8000-000000000011';
const foreignLicense = '01936f2a-0000-7000-8000-000000000012';
const device = '01936f2a-0000-7000-8000-000000000021';
const nothing = '01936f2a-0000-7000-8000-0000000000ff';

let assembly: Assembly;
let operator: string;
let editor: string;
let reader: string;
beforeAll(async () => {
  assembly = await Assembly.start();
  await assembly.insertOrganization(organization);
  await assembly.insertOrganization(other);
  operator = await assembly.insertToken('01936f2a-0000-7000-8000-000000000031', 'operator');
  editor = await assembly.insertToken('01936f2a-0000-7000-8000-000000000032', 'editor', organization);
  reader = await assembly.insertToken('01936f2a-0000-7000-8000-000000000033', 'reader', organization);
  await assembly.insertLicense(license, organization);
  await assembly.insertLicense(foreignLicense, other);
  await assembly.activate(license, device);
});
afterAll(() => assembly.stop());

const wish = { licenseId: license, topic: 'deviceDeactivation', message: 'Stolen.' };
const open = (body: object = {}, token = editor, key?: string) =>
  assembly.request(
    'POST',
    '/v1/support-tickets',
    token,
    { ...wish, ...body },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const move = (id: unknown, status: unknown, token: string) =>
  assembly.request('PATCH', `/v1/support-tickets/${String(id)}`, token, { status });

it('opened twice with one key is one ticket and one row of the history', async () => {
  const key = 'ticket-key-0123456789';
  const [first, second] = await Promise.all([open({}, editor, key), open({}, editor, key)]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  const rows = await assembly.database.read((session) =>
    session.all('SELECT event FROM transition WHERE subject_id = ?', [String(first.body['id'])]),
  );
  expect(rows).toEqual([{ event: 'open' }]);
});

it('with a used key and another body is refused, but an unknown license or device comes before that', async () => {
  const key = 'ticket-key-of-another-body';
  await open({}, editor, key);
  expect(await open({ message: 'Lost.' }, editor, key)).toMatchObject({
    status: 422,
    body: { code: 'idempotencyKeyReused' },
  });
  expect((await open({ licenseId: nothing }, editor, key)).status).toBe(404);
  expect((await open({ deviceId: nothing }, editor, key)).status).toBe(404);
});

it('is not remembered where it was refused', async () => {
  const key = 'ticket-key-of-a-refusal';
  expect(await open({ topic: 'billing' }, editor, key)).toMatchObject({
    status: 403,
    body: { code: 'supportAndUpgradeRequired' },
  });
  expect((await open({}, editor, key)).status).toBe(201);
});

it('about a license of another organization is not found (R14)', async () => {
  expect((await open({ licenseId: foreignLicense })).status).toBe(404);
  expect((await open({ licenseId: foreignLicense, deviceId: device }, operator)).status).toBe(404);
});

it('names the device that it is about, and leaves no row where that fails', async () => {
  const answer = await open({ deviceId: device });
  expect(answer.body['deviceId']).toBe(device);
  expect((await open({ deviceId: null })).body['deviceId']).toBeNull();
});

it('is moved by no reader, whatever is wrong with the request besides', async () => {
  expect((await open({}, reader)).status).toBe(403);
  expect((await move('no-id', 'nonsense', reader)).status).toBe(403);
});

it('is not resolved by a member, which is said before anything else is looked at', async () => {
  expect((await move('no-id', 'resolved', editor)).status).toBe(403);
  expect((await move(nothing, 'open', editor)).status).toBe(403);
  expect((await move('no-id', 'closed', editor)).status).toBe(400);
  expect((await move(nothing, 'closed', editor)).status).toBe(404);
});

it('is closed by nobody but its author among the members, also where both tokens are of one organization', async () => {
  const { body } = await open();
  const owner = await assembly.insertToken('01936f2a-0000-7000-8000-000000000034', 'owner', organization);
  expect(await move(body['id'], 'closed', owner)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await move(body['id'], 'closed', editor)).toMatchObject({ status: 200, body: { status: 'closed' } });
  expect(await move(body['id'], 'resolved', operator)).toMatchObject({
    status: 409,
    body: { code: 'eventNotAllowed', state: 'closed', event: 'resolve' },
  });
});

it('comes newest first, and the list takes several states', async () => {
  const opened = [];
  for (let count = 0; count < 3; count += 1) opened.push((await open()).body['id']);
  await move(opened[0], 'resolved', operator);
  await move(opened[1], 'closed', operator);
  const path = '/v1/support-tickets?status=resolved&status=open&limit=3';
  const page = await assembly.request('GET', path, reader);
  const ids = (page.body['items'] as { id: string }[]).map(({ id }) => id);
  expect(ids.slice(0, 2)).toEqual([opened[2], opened[0]]);
  expect([...ids].sort().reverse()).toEqual(ids);
});
