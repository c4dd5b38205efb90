/**
 * The oracle's picture of the world: plain data, a deliberately different model from the server's. A device is active because it sits on
 * a seat, a license's status follows from its dates and flags, and an enabling is the list of devices that joined it. It imports
 * nothing of the server's and never talks to it.
 */

/** How a device without a seat came to be without one. */
export type Rest = 'inactive' | 'loggedOut' | 'expired' | 'remotelyDeactivated';
export type LicenseStatus = 'active' | 'suspended' | 'expired' | 'revoked';
export type TicketStatus = 'open' | 'resolved' | 'closed';
export type SettingState = 'disabled' | 'enabling' | 'enabled';

/** Whether a version must stay, must grow, or may do either in the present step. */
export type VersionMove = 'stays' | 'grows' | 'may';

export interface Ending {
  kind: 'device' | 'expiry' | 'member' | 'support' | 'operator';
  at: number;
  reason: string | null;
}

export interface OracleDevice {
  fingerprint: string;
  /** Null until the server has said it. */
  id: string | null;
  name: string | null;
  namedByPerson: boolean;
  platform: string | null;
  appVersion: string | null;
  rest: Rest;
  activatedAt: number | null;
  lastSeenAt: number | null;
  /** The deactivation date while it sits, in epoch milliseconds. */
  due: number | null;
  leaseEnd: number | null;
  connections: number;
  ended: Ending | null;
  /** The token in use, the newest one that was never used, and those that have ended. */
  tokens: { inUse: string | null; waiting: string | null; ended: string[] };
  version: number;
  versionMove: VersionMove;
}

/** A row that the history must have. What the contract leaves open is `null` in `actor` and left out in `ticketId` and `event`. */
export interface ExpectedRow {
  machine: 'device' | 'remoteDeactivation' | 'license' | 'supportTicket';
  /** A device's fingerprint, a ticket's id, or `license`. */
  subject: string;
  event?: string;
  from: string | null;
  to: string;
  at: number;
  note: string | null;
  actor: readonly string[] | null;
  ticketId?: string | null;
}

/** Activations refused so far for one device (or all unknown ones) and one reason. */
export interface RefusalTally {
  /** Null for devices that the license does not know. */
  fingerprint: string | null;
  reason: string;
  times: number;
  lastAt: number;
}

export interface OracleLicense {
  id: string;
  organization: number;
  product: string;
  /** Every key it ever had, the present one last. */
  keys: string[];
  keyHint: string;
  suspended: boolean;
  revoked: boolean;
  validUntil: number | null;
  supportAndUpgradeUntil: number | null;
  checkInPeriod: string;
  /** By seat number minus one: the fingerprint of the device that sits there. */
  chairs: (string | null)[];
  /** Who had to change the chair in this step, in an order that the contract leaves open. */
  moved: string[];
  /** Asked for, reached, and who sat down since it was asked for. */
  setting: { wanted: boolean; reached: boolean; joined: string[] };
  devices: OracleDevice[];
  rows: ExpectedRow[];
  refusals: RefusalTally[];
  version: number;
  versionMove: VersionMove;
}

export interface OracleTicket {
  id: string;
  license: number;
  topic: string;
  message: string;
  createdAt: number;
  createdBy: string;
  status: TicketStatus;
  version: number;
  versionMove: VersionMove;
}

export interface World {
  /** Epoch milliseconds, as the test clock has it. */
  now: number;
  organizations: { id: string; owner: string }[];
  support: string;
  licenses: OracleLicense[];
  tickets: OracleTicket[];
}

/** The item of a list that the test knows to be there. Throws where it is not. */
export function known<Item>(item: Item | undefined | null, what: string): Item {
  if (item === undefined || item === null) throw new Error(`the oracle knows no such ${what}`);
  return item;
}

export function deviceOf(license: OracleLicense, fingerprint: string): OracleDevice | undefined {
  return license.devices.find((device) => device.fingerprint === fingerprint);
}

export function seatOf(license: OracleLicense, fingerprint: string): number | null {
  const index = license.chairs.indexOf(fingerprint);
  return index < 0 ? null : index + 1;
}

export function stateOf(license: OracleLicense, device: OracleDevice): Rest | 'active' {
  return seatOf(license, device.fingerprint) === null ? device.rest : 'active';
}

/** The devices that sit, those with the earliest deactivation date first. */
export function sitting(license: OracleLicense): OracleDevice[] {
  return license.devices
    .filter((device) => seatOf(license, device.fingerprint) !== null)
    .sort((one, other) => (one.due ?? 0) - (other.due ?? 0));
}

export function statusOf(license: OracleLicense, now: number): LicenseStatus {
  if (license.revoked) return 'revoked';
  if (license.suspended) return 'suspended';
  return license.validUntil !== null && now >= license.validUntil ? 'expired' : 'active';
}

export function settingState(license: OracleLicense): SettingState {
  if (!license.setting.wanted) return 'disabled';
  return license.setting.reached ? 'enabled' : 'enabling';
}

/** The devices that sit but did not join the present enabling (R6, R7). */
export function outsiders(license: OracleLicense): OracleDevice[] {
  return sitting(license).filter((device) => !license.setting.joined.includes(device.fingerprint));
}
