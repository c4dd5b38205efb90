/**
 * A small vendor with two customers, as it looks after two months of use: a license in each state, devices in each state, people
 * with each role, tickets. Everything is made over HTTP, on the test clock; the dates are those of the server's.
 */
import type { Role, Ticket } from './representations.js';
import {
  accepted,
  activate,
  addMember,
  changeLicense,
  checkIn,
  issueLicense,
  issueToken,
  type LicenseScene,
  logOut,
  type MemberScene,
  newOrganization,
  readDevice,
  register,
  setRemoteDeactivation,
  setTicketStatus,
} from './scene.js';
import type { TestServer } from './server.js';

/** What tests and pictures of the panel look at. */
export interface PanelScene {
  organization: { id: string; name: string };
  /** Another customer's, so that an owner must not see it. */
  foreignLicense: LicenseScene;
  people: Record<Role, MemberScene>;
  /** Of a customer who has no license yet. */
  newcomer: MemberScene;
  /** The secret in the link of somebody who is invited. */
  invitation: string;
  licenses: {
    /** Enabled, devices in each state, refused activations in its history. */
    enabled: LicenseScene;
    /** Disabled, with active devices. */
    disabled: LicenseScene;
    /** Enabling: two devices block, one more is active. */
    enabling: LicenseScene;
    /** Nobody ever activated. */
    fresh: LicenseScene;
    suspended: LicenseScene;
    expired: LicenseScene;
    revoked: LicenseScene;
  };
  ticket: Ticket;
}

const keyOf: Record<Role, string> = {
  owner: 'olivia',
  manager: 'marc',
  editor: 'edith',
  reader: 'ravi',
  support: 'sam',
  operator: 'oskar',
};

/** Makes the scene on a server with the test clock. It takes some seconds: passwords are hashed slowly on purpose. */
export async function newPanelScene(server: TestServer): Promise<PanelScene> {
  const organization = await newOrganization(server, 'Acme Surveying');
  const other = await newOrganization(server, 'Terra Nova Mapping');
  const vendor = await newOrganization(server, 'Seatkeeper Software');
  const empty = await newOrganization(server, 'Highland Drones');
  const people = {} as Record<Role, MemberScene>;
  for (const role of Object.keys(keyOf) as Role[]) {
    const isOfVendor = role === 'support' || role === 'operator';
    const email = `${keyOf[role]}@${isOfVendor ? 'seatkeeper' : 'acme'}.example`;
    people[role] = await addMember(server, isOfVendor ? vendor.id : organization.id, role, { email });
  }
  const newcomer = await addMember(server, empty.id, 'owner', { email: 'nora@highland.example' });
  const invited = await addMember(server, organization.id, 'editor', { email: 'ines@acme.example', invited: true });
  await issueToken(server, 'reader', organization.id);
  const foreignLicense = await issueLicense(server, { organizationId: other.id, product: 'Mapper Pro', seats: 2 });

  const begun = await now(server);
  const inDays = (days: number): string => new Date(begun + days * 86_400_000).toISOString();
  const issue = (product: string, seats: number, more: Parameters<typeof issueLicense>[1] = {}) =>
    issueLicense(server, { organizationId: organization.id, product, seats, validUntil: inDays(420), ...more });
  const enabled = await issue('Mapper Pro', 5, { supportAndUpgradeUntil: inDays(300) });
  const disabled = await issue('Mapper Classic', 4, { remoteDeactivation: 'disabled', validUntil: null });
  const enabling = await issue('Mapper Field', 6, { remoteDeactivation: 'disabled' });
  const expired = await issue('Mapper Trial', 1, { validUntil: inDays(14) });
  const revoked = await issue('Mapper Beta', 10);
  await changeLicense(server, revoked.id, 'revoke');

  await activate(server, enabled, { name: 'Drawer notebook', platform: 'Windows 10', appVersion: '4.7.1' });
  const desk = await activate(server, enabled, { name: 'Office desk', platform: 'Windows 11', appVersion: '4.8.2' });
  await server.advance('P9D');
  const laptop = await activate(server, enabled, {
    name: 'Field laptop',
    platform: 'Windows 11',
    appVersion: '4.8.2',
  });
  await register(server, enabled.id, { name: 'Ordered for June' });
  await server.advance('P12DT3H');
  await checkIn(server, laptop);
  await checkIn(server, desk);
  // The notebook of the first day does not connect any more, and expires.
  await server.advance('P14DT5H');
  const truck = await activate(server, enabled, {
    name: 'Survey truck',
    platform: 'Ubuntu 24.04',
    appVersion: '4.8.2',
  });
  const runner = await activate(server, enabled, { platform: 'Ubuntu 22.04', appVersion: '4.8.0' });
  const stolen = await activate(server, enabled, { name: 'Tablet', platform: 'Windows 11', appVersion: '4.8.2' });
  await refused(server, enabled);
  await refused(server, enabled);
  await server.advance('P6DT2H');
  await checkIn(server, laptop);
  await checkIn(server, desk);
  await logOut(server, runner);
  accepted(
    await server.request('POST', `/v1/devices/${stolen.id}/remote-deactivation`, {
      body: { reason: 'Left in a taxi' },
    }),
  );
  await checkIn(server, truck);

  const barn = await activate(server, enabling, { name: 'Barn', platform: 'macOS 15', appVersion: '4.8.2' });
  await activate(server, enabling, { name: 'Tower', platform: 'Windows 10', appVersion: '4.6.0' });
  await activate(server, disabled, { name: 'Office', platform: 'Windows 11', appVersion: '3.9.4' });
  await activate(server, disabled, { name: 'Tent', platform: 'Windows 11', appVersion: '3.9.4' });
  await server.advance('P2DT4H');
  await setRemoteDeactivation(server, enabling.id, true);
  await activate(server, enabling, { name: 'Newcomer', platform: 'Windows 11', appVersion: '4.8.2' });
  const suspended = await issue('Mapper Lite', 2);
  await changeLicense(server, suspended.id, 'suspend');
  const fresh = await issue('Mapper Cloud', 3);

  const owner = await cookieOf(server, people.owner);
  const open = async (body: object): Promise<Ticket> =>
    accepted(await server.request<Ticket>('POST', '/v1/support-tickets', { auth: null, headers: owner, body }));
  const solved = await open({
    licenseId: enabled.id,
    topic: 'technical',
    message: 'Which ports does the client software need?',
  });
  await setTicketStatus(server, solved.id, 'resolved');
  const ticket = await open({
    licenseId: enabling.id,
    deviceId: barn.id,
    topic: 'deviceDeactivation',
    message: 'The computer in the barn was hit by lightning, so nobody can log out on it. Could you free its seat?',
  });
  await server.advance('PT5H');
  const { state } = await readDevice(server, barn.id);
  if (state !== 'active') throw new Error(`the device of the ticket is ${state}`);
  return {
    organization,
    foreignLicense,
    people,
    newcomer,
    invitation: invited.secret,
    licenses: { enabled, disabled, enabling, fresh, suspended, expired, revoked },
    ticket,
  };
}

/** Signs somebody in without a browser. Returns the headers of a request from the panel's own page. */
export async function cookieOf(
  server: TestServer,
  { email, password }: Pick<MemberScene, 'email' | 'password'>,
): Promise<Record<string, string>> {
  const answer = await server.request('POST', '/v1/session', { auth: null, body: { email, password } });
  accepted(answer);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { cookie, origin: server.url };
}

async function now(server: TestServer): Promise<number> {
  return Date.parse(accepted(await server.request<{ now: string }>('GET', '/v1/test-clock')).now);
}

/** An activation for which there is no seat. */
async function refused(server: TestServer, license: LicenseScene): Promise<void> {
  const answer = await server.request<{ code: string }>('POST', '/v1/devices', {
    auth: license.auth,
    body: { fingerprint: 'machine-of-the-intern', name: 'Machine of the intern' },
  });
  if (answer.body.code !== 'noSeatAvailable') throw new Error(`not refused: ${answer.status} ${answer.text}`);
}
