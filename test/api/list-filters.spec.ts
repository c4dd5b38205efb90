/** Lists asked for a part of them: licenses, organizations and tickets, in pages that stay right under every filter. */
import { isOnPostgres } from '../support/postgres.js';
import { expectProblem } from '../support/problem.js';
import type { License, List, Organization, Ticket } from '../support/representations.js';
import {
  accepted,
  activate,
  changeLicense,
  issueLicense,
  type LicenseTerms,
  memberToken,
  newOrganization,
  openTicket,
  readAll,
  setRemoteDeactivation,
  supportToken,
  unknownId,
} from '../support/scene.js';
import { now } from '../support/clock.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let acme: Organization;
let other: Organization;
let licenses: License[];

beforeAll(async () => {
  server = await startServer();
  acme = await newOrganization(server, 'Acme Surveying');
  other = await newOrganization(server, 'Bauer & Söhne 100%');
  const inTenDays = new Date(Date.parse(await now(server)) + 10 * 86_400_000).toISOString();
  const issue = (terms: LicenseTerms) => issueLicense(server, { organizationId: acme.id, ...terms });
  await issue({ product: 'Mapper Pro' });
  await issue({ product: 'mapper_lite', remoteDeactivation: 'disabled' });
  await issue({ product: 'Scanner', organizationId: other.id, validUntil: inTenDays });
  await changeLicense(server, (await issue({ product: 'Mapper 100%' })).id, 'suspend');
  await changeLicense(server, (await issue({ product: 'CAD', organizationId: other.id })).id, 'revoke');
  const enabling = await issue({ product: 'Enabling', remoteDeactivation: 'disabled', checkInPeriod: 'P90D' });
  await activate(server, enabling);
  await setRemoteDeactivation(server, enabling.id, true);
  const settled = await issue({ product: 'Settled', remoteDeactivation: 'disabled', checkInPeriod: 'PT1H' });
  await activate(server, settled);
  await setRemoteDeactivation(server, settled.id, true);
  await server.advance('P11D');
  licenses = await readAll<License>(server, '/v1/licenses');
});
afterAll(() => server.stop());

const products = async (query: string, auth?: string) =>
  (await readAll<License>(server, `/v1/licenses?${query}`, auth)).map(({ product }) => product);

describe('the list of licenses', () => {
  it('by state shows the settled state', async () => {
    expect(new Set(licenses.map(({ status }) => status))).toEqual(
      new Set(['active', 'suspended', 'expired', 'revoked']),
    );
    for (const statuses of [['active'], ['expired'], ['suspended', 'revoked'], ['active', 'expired']]) {
      const expected = licenses.filter(({ status }) => statuses.includes(status)).map(({ product }) => product);
      expect(await products(statuses.map((status) => `status=${status}`).join('&'))).toEqual(expected);
    }
  });

  it('by setting shows the settled one', async () => {
    expect(await products('remoteDeactivation=enabling')).toEqual(['Enabling']);
    expect(await products('remoteDeactivation=disabled')).toEqual(['mapper_lite']);
    const enabled = licenses.filter(({ remoteDeactivation }) => remoteDeactivation.state === 'enabled');
    expect(await products('remoteDeactivation=enabled')).toEqual(enabled.map(({ product }) => product));
    expect(enabled.map(({ product }) => product)).toContain('Settled');
    expect(await products('remoteDeactivation=enabled&remoteDeactivation=disabled')).toHaveLength(6);
  });

  it('searches in the product, in either case, and takes every character as it is', async () => {
    expect(await products('search=MAPPER')).toEqual(['Mapper Pro', 'mapper_lite', 'Mapper 100%']);
    expect(await products('search=r%20p')).toEqual(['Mapper Pro']);
    expect(await products('search=0%25')).toEqual(['Mapper 100%']);
    expect(await products('search=_')).toEqual(['mapper_lite']);
    expect(await products('search=%5C')).toEqual([]);
    expect(await products("search='")).toEqual([]);
  });

  it('by organization shows what the asker sees of it', async () => {
    expect(await products(`organizationId=${other.id}`)).toEqual(['Scanner', 'CAD']);
    expect(await products(`organizationId=${unknownId}`)).toEqual([]);
    const { auth } = await memberToken(server, 'reader', acme.id);
    expect(await products(`organizationId=${other.id}`, auth)).toEqual([]);
    expect(await products(`organizationId=${acme.id}`, auth)).toHaveLength(5);
    expect(await products('search=scan', auth)).toEqual([]);
  });

  it('takes all of it together, in pages', async () => {
    const query = `organizationId=${acme.id}&search=mapper&status=active&status=suspended&limit=1`;
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/v1/licenses?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: List<License> = accepted(await server.request<List<License>>('GET', path));
      expect(page.items).toHaveLength(1);
      paged.push(...page.items.map(({ product }) => product));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(['Mapper Pro', 'mapper_lite', 'Mapper 100%']);
  });
});

describe('the list of organizations', () => {
  const names = async (query: string, auth?: string) =>
    (await readAll<Organization>(server, `/v1/organizations?${query}`, auth)).map(({ name }) => name);

  it('searches in the name', async () => {
    expect(await names('search=SURVEY')).toEqual(['Acme Surveying']);
    expect(await names(`search=${encodeURIComponent('söhne 100%')}`)).toEqual(['Bauer & Söhne 100%']);
    expect(await names('search=nobody')).toEqual([]);
    // On PostgreSQL it is the locale of the database that knows letters beyond A to Z; that of the tests does not.
    if (!isOnPostgres()) expect(await names(`search=${encodeURIComponent('SÖHNE')}`)).toEqual(['Bauer & Söhne 100%']);
  });

  it('shows members no more than their own', async () => {
    const { auth } = await memberToken(server, 'owner', acme.id);
    expect(await names('search=a', auth)).toEqual(['Acme Surveying']);
    expect(await names('search=bauer', auth)).toEqual([]);
  });
});

describe('the list of tickets', () => {
  it('by license shows those about it, as far as the asker sees it', async () => {
    const [mine, theirs] = [licenses.find(({ product }) => product === 'Mapper Pro'), licenses[2]];
    const opened = await openTicket(server, mine?.id ?? '');
    const foreign = await openTicket(server, theirs?.id ?? '');
    const ids = async (query: string, auth?: string) =>
      (await readAll<Ticket>(server, `/v1/support-tickets?${query}`, auth)).map(({ id }) => id);
    const { auth: support } = await supportToken(server);
    expect(await ids(`licenseId=${mine?.id}`, support)).toEqual([opened.id]);
    expect(await ids(`licenseId=${mine?.id}&status=closed`)).toEqual([]);
    expect(await ids(`licenseId=${unknownId}`)).toEqual([]);
    const { auth } = await memberToken(server, 'owner', acme.id);
    expect(await ids(`licenseId=${theirs?.id}`, auth)).toEqual([]);
    expect(await ids(`licenseId=${theirs?.id}&status=open`)).toEqual([foreign.id]);
  });
});

describe('a filter that is wrong', () => {
  it.each([
    ['licenses', 'organizationId', 'organizationId=acme'],
    ['licenses', 'search', 'search='],
    ['licenses', 'search', 'search=%20%20'],
    ['licenses', 'search', `search=${'x'.repeat(101)}`],
    ['licenses', 'search', 'search=a&search=b'],
    ['licenses', 'status', 'status=open'],
    ['licenses', 'remoteDeactivation', 'remoteDeactivation=true'],
    ['licenses', 'product', 'product=Mapper'],
    ['organizations', 'search', 'search=%00'],
    ['organizations', 'status', 'status=active'],
    ['support-tickets', 'licenseId', 'licenseId=1'],
    ['support-tickets', 'organizationId', `organizationId=${unknownId}`],
  ])('of %s is refused at %s: %s', async (list, path, query) => {
    const { issues } = expectProblem(await server.request('GET', `/v1/${list}?${query}`), 400, 'invalidRequest');
    expect((issues as { path: string }[]).map((issue) => issue.path)).toEqual([path]);
  });
});
