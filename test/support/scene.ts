/**
 * Builders for what a test declares that it needs: organizations, licenses, devices, tokens, tickets. Everything is made
 * over HTTP, as a user would; a builder that is refused throws, so that a test fails where its premise does.
 */
import { randomUUID } from 'node:crypto';
import {
  type AccessToken,
  type Activation,
  type Device,
  type License,
  type List,
  type Member,
  type MemberRole,
  type Organization,
  type RemoteDeactivation,
  type Role,
  type Ticket,
  type Transition,
} from './representations.js';
import { type Answer, type TestServer } from './server.js';

/** A license as its buyer has it: the representation, the key, and the key as an `Authorization` header. */
export interface LicenseScene {
  id: string;
  organizationId: string;
  license: License;
  key: string;
  auth: string;
}

/** An activated device as its client software has it. */
export interface DeviceScene extends Activation {
  id: string;
  fingerprint: string;
  status: number;
  auth: string;
}

/** An access token with its `Authorization` header. */
export interface TokenScene extends AccessToken {
  auth: string;
}

export interface LicenseTerms {
  organizationId?: string;
  product?: string;
  seats?: number;
  validUntil?: string | null;
  checkInPeriod?: string;
  supportAndUpgradeUntil?: string | null;
  remoteDeactivation?: 'enabled' | 'disabled';
}

/** The body of an answer that must have succeeded. */
export function accepted<Body>(answer: Answer<Body>): Body {
  if (answer.status < 200 || answer.status > 299) throw new Error(`refused: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** A fingerprint that no test has used. */
export function freshFingerprint(): string {
  return `machine-${randomUUID()}`;
}

/** A well-formed id (UUIDv7) that names nothing. */
export const unknownId = '01890a5d-ac96-774b-bcce-b302099a8057';

export async function newOrganization(server: TestServer, name = 'Acme Surveying'): Promise<Organization> {
  return accepted(await server.request<Organization>('POST', '/v1/organizations', { body: { name } }));
}

/** Issues a license, for a new organization unless one is named; three seats unless said. */
export async function issueLicense(server: TestServer, terms: LicenseTerms = {}): Promise<LicenseScene> {
  const organizationId = terms.organizationId ?? (await newOrganization(server)).id;
  const { license, key } = accepted(
    await server.request<{ license: License; key: string }>('POST', '/v1/licenses', {
      body: { product: 'Mapper Pro', seats: 3, ...terms, organizationId },
    }),
  );
  return { id: license.id, organizationId, license, key, auth: `License ${key}` };
}

/** Activates a device; a new one unless a fingerprint is given. */
export async function activate(
  server: TestServer,
  license: { auth: string },
  client: { fingerprint?: string; name?: string; platform?: string; appVersion?: string } = {},
): Promise<DeviceScene> {
  const fingerprint = client.fingerprint ?? freshFingerprint();
  const answer = await server.request<Activation>('POST', '/v1/devices', {
    auth: license.auth,
    body: { ...client, fingerprint },
  });
  const activation = accepted(answer);
  return {
    ...activation,
    id: activation.device.id,
    fingerprint,
    status: answer.status,
    auth: `Bearer ${activation.token}`,
  };
}

export async function checkIn(server: TestServer, device: { id: string; auth: string }): Promise<Device> {
  const answer = await server.request<{ device: Device }>('POST', `/v1/devices/${device.id}/check-in`, {
    auth: device.auth,
  });
  return accepted(answer).device;
}

export async function logOut(server: TestServer, device: { id: string; auth: string }): Promise<Device> {
  const answer = await server.request<{ device: Device }>('POST', `/v1/devices/${device.id}/log-out`, {
    auth: device.auth,
  });
  return accepted(answer).device;
}

/** Registers a device from the panel, as the operator. */
export async function register(server: TestServer, licenseId: string, body: object = {}): Promise<Device> {
  return accepted(
    await server.request<Device>('POST', `/v1/licenses/${licenseId}/devices`, {
      body: { fingerprint: freshFingerprint(), ...body },
    }),
  );
}

export async function readDevice(server: TestServer, id: string): Promise<Device> {
  return accepted(await server.request<Device>('GET', `/v1/devices/${id}`));
}

export async function readLicense(server: TestServer, id: string): Promise<License> {
  return accepted(await server.request<License>('GET', `/v1/licenses/${id}`));
}

export async function readTicket(server: TestServer, id: string): Promise<Ticket> {
  return accepted(await server.request<Ticket>('GET', `/v1/support-tickets/${id}`));
}

/** Every item of a list, page after page. */
export async function readAll<Item>(server: TestServer, path: string, auth?: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? 'limit=200' : `limit=200&cursor=${encodeURIComponent(cursor)}`;
    const page: List<Item> = accepted(
      await server.request<List<Item>>('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`, { auth }),
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** The whole history of a license, newest first. */
export function historyOfLicense(server: TestServer, id: string): Promise<Transition[]> {
  return readAll<Transition>(server, `/v1/licenses/${id}/transitions`);
}

/** The whole history of a device, newest first. */
export function historyOfDevice(server: TestServer, id: string): Promise<Transition[]> {
  return readAll<Transition>(server, `/v1/devices/${id}/transitions`);
}

/** Issues an access token, as the operator. */
export async function issueToken(server: TestServer, role: Role, organizationId?: string): Promise<TokenScene> {
  const token = accepted(
    await server.request<AccessToken>('POST', '/v1/tokens', { body: { role, organizationId, name: `the ${role}` } }),
  );
  return { ...token, auth: `Bearer ${token.token}` };
}

export function memberToken(server: TestServer, role: MemberRole, organizationId: string): Promise<TokenScene> {
  return issueToken(server, role, organizationId);
}

export function supportToken(server: TestServer): Promise<TokenScene> {
  return issueToken(server, 'support');
}

/** Opens a support ticket about a license, as the operator unless `auth` is given. */
export async function openTicket(
  server: TestServer,
  licenseId: string,
  more: { topic?: string; deviceId?: string; message?: string; auth?: string } = {},
): Promise<Ticket> {
  const { auth, ...fields } = more;
  return accepted(
    await server.request<Ticket>('POST', '/v1/support-tickets', {
      auth,
      body: { licenseId, topic: 'deviceDeactivation', message: 'The laptop was stolen.', ...fields },
    }),
  );
}

export async function setTicketStatus(server: TestServer, id: string, status: Ticket['status']): Promise<Ticket> {
  return accepted(await server.request<Ticket>('PATCH', `/v1/support-tickets/${id}`, { body: { status } }));
}

/** Switches remote deactivation on or off, as the operator. */
export async function setRemoteDeactivation(
  server: TestServer,
  licenseId: string,
  enabled: boolean,
): Promise<RemoteDeactivation> {
  return accepted(
    await server.request<RemoteDeactivation>('PUT', `/v1/licenses/${licenseId}/remote-deactivation`, {
      body: { enabled },
    }),
  );
}

/** Suspends, reinstates, renews or revokes a license, as the operator. */
export async function changeLicense(
  server: TestServer,
  licenseId: string,
  event: 'suspend' | 'reinstate' | 'renew' | 'revoke',
  body?: object,
): Promise<License> {
  return accepted(await server.request<License>('POST', `/v1/licenses/${licenseId}/${event}`, { body }));
}

/** A person as the tests know them: the member, the password, and the secret of an invitation where there is one. */
export interface MemberScene extends Member {
  password: string;
  secret: string;
}

/** The password of every person of the tests. */
export const password = 'correct horse battery';

/** An address that no test has used. */
export function freshEmail(): string {
  return `person-${randomUUID()}@example.test`;
}

/** Adds a person to an organization, as the operator; with a password unless `invited`. */
export async function addMember(
  server: TestServer,
  organizationId: string,
  role: Role,
  more: { email?: string; invited?: boolean } = {},
): Promise<MemberScene> {
  const { invitation, ...member } = accepted(
    await server.request<Member & { invitation: { url: string } | null }>(
      'POST',
      `/v1/organizations/${organizationId}/members`,
      { body: { email: more.email ?? freshEmail(), role, ...(more.invited === true ? {} : { password }) } },
    ),
  );
  return { ...member, password, secret: invitation === null ? '' : secretIn(invitation.url) };
}

/** The secret in the address of a link. */
export function secretIn(url: string): string {
  return /#(?:link=)?(sko_[\w-]+)$/.exec(url)?.[1] ?? '';
}
