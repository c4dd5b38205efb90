/** What the API sends, written down from the contract and not taken from the server's own types. Holds no behaviour. */

export type DeviceState = 'inactive' | 'active' | 'loggedOut' | 'expired' | 'remotelyDeactivated';
export type MemberRole = 'reader' | 'editor' | 'manager' | 'owner';
export type Role = MemberRole | 'support' | 'operator';

export interface EndedBy {
  kind: 'device' | 'expiry' | 'member' | 'support' | 'operator';
  at: string;
  reason: string | null;
}

export interface Device {
  id: string;
  licenseId: string;
  fingerprint: string;
  name: string | null;
  platform: string | null;
  appVersion: string | null;
  state: DeviceState;
  seat: number | null;
  activatedAt: string | null;
  lastSeenAt: string | null;
  deactivationDate: string | null;
  leaseExpiresAt: string | null;
  checkInCount: number;
  remoteDeactivation: { allowed: boolean; reason: string | null; remedy: string | null };
  endedBy: EndedBy | null;
  version: number;
}

export interface BlockingDevice {
  id: string;
  name: string | null;
  deactivationDate: string;
}

export interface RemoteDeactivation {
  state: 'disabled' | 'enabling' | 'enabled';
  blockingDevices: BlockingDevice[];
  blockingDeviceCount: number;
  enabledAtLatest: string | null;
}

export interface License {
  id: string;
  organizationId: string;
  product: string;
  keyHint: string;
  status: 'active' | 'suspended' | 'expired' | 'revoked';
  seats: number;
  activeDevices: number;
  checkInPeriod: string;
  validUntil: string | null;
  supportAndUpgradeUntil: string | null;
  remoteDeactivation: RemoteDeactivation;
  version: number;
}

export interface Ticket {
  id: string;
  licenseId: string;
  deviceId: string | null;
  topic: string;
  message: string;
  status: 'open' | 'resolved' | 'closed';
  createdAt: string;
  createdBy: { kind: string; id: string; name: string };
  version: number;
}

export interface Transition {
  sequence: number;
  at: string;
  recordedAt: string;
  machine: 'device' | 'remoteDeactivation' | 'license' | 'supportTicket';
  subjectId: string | null;
  licenseId: string;
  event: string;
  from: string | null;
  to: string | null;
  outcome: 'accepted' | 'refused';
  reason: string | null;
  note: string | null;
  count: number;
  checkIns: number;
  actor: { kind: string; id: string | null; name: string | null };
  ticketId: string | null;
  requestId: string | null;
}

export interface Organization {
  id: string;
  name: string;
}

export interface AccessToken {
  id: string;
  role: Role;
  organizationId: string | null;
  name: string;
  token: string;
}

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Seat {
  number: number;
  device: Device | null;
}

export interface Activation {
  device: Device;
  token: string;
  lease: string;
}

/** The fields of each representation, to the last one. */
export const fieldsOf = {
  device: [
    'activatedAt',
    'appVersion',
    'checkInCount',
    'deactivationDate',
    'endedBy',
    'fingerprint',
    'id',
    'lastSeenAt',
    'leaseExpiresAt',
    'licenseId',
    'name',
    'platform',
    'remoteDeactivation',
    'seat',
    'state',
    'version',
  ],
  license: [
    'activeDevices',
    'checkInPeriod',
    'id',
    'keyHint',
    'organizationId',
    'product',
    'remoteDeactivation',
    'seats',
    'status',
    'supportAndUpgradeUntil',
    'validUntil',
    'version',
  ],
  remoteDeactivation: ['blockingDeviceCount', 'blockingDevices', 'enabledAtLatest', 'state'],
  ticket: ['createdAt', 'createdBy', 'deviceId', 'id', 'licenseId', 'message', 'status', 'topic', 'version'],
  transition: [
    'actor',
    'at',
    'checkIns',
    'count',
    'event',
    'from',
    'licenseId',
    'machine',
    'note',
    'outcome',
    'reason',
    'recordedAt',
    'requestId',
    'sequence',
    'subjectId',
    'ticketId',
    'to',
  ],
} as const;

export interface Member {
  id: string;
  organizationId: string;
  email: string;
  role: Role;
  state: 'invited' | 'active';
  createdAt: string;
  lastSignedInAt: string | null;
}

export interface SessionView {
  kind: 'operator' | 'support' | 'member';
  id: string;
  name: string;
  email: string | null;
  role: Role;
  organization: { id: string; name: string } | null;
  signedInWith: 'password' | 'token' | 'link';
  endsAt: string;
  now: string;
  may: {
    use: string[];
    lookAfterPeople: Role[];
    issueTokens: { ofOrganization: Role[]; ofVendor: Role[] };
    moveTickets: { ofOthers: string[]; ofOwn: string[] };
  };
}

/** What an event would do to a subject now. */
export interface Prospect {
  event: string;
  isCommand: boolean;
  outcome: 'changed' | 'connected' | 'unchanged' | 'refused';
  to: string;
  reason: string | null;
  guard: { name: string; description: string } | null;
  remedy: string | null;
}

/** A device, setting, license or ticket in its statechart; `prospects` only now. */
export interface Inspection {
  name: string;
  licenseId: string;
  isPresent: boolean;
  sequence: number;
  at: string;
  state: string | null;
  device: { seat: number | null; epoch: number | null; deactivationDate: string | null } | null;
  setting: { state: string; epoch: number } | null;
  license: { status: string | null; seats: number | null };
  transition: Transition | null;
  prospects: Prospect[] | null;
}

/** What a command would do to a subject now. */
export interface DryRun extends Omit<Prospect, 'isCommand'> {
  from: string;
  transitions: Transition[];
}
