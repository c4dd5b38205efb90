/**
 * What is offered to which role at all: a reader sees no buttons that the server would refuse to every reader. Whether an action is
 * possible now is not here: the server says it, with its reason.
 */
import type { Session } from '../api/schema';

type Role = Session['role'];

const duties = {
  /** Rename and register devices. */
  nameDevices: ['editor', 'manager', 'owner', 'operator'],
  /** Deactivate devices, switch the setting, replace the key. */
  manageDevices: ['manager', 'owner', 'operator'],
  openTickets: ['editor', 'manager', 'owner', 'support', 'operator'],
  /** Forced deactivation and enabling, on a ticket. */
  workOnTickets: ['support', 'operator'],
  lookAfterPeople: ['manager', 'owner', 'operator'],
  giveTokens: ['manager', 'owner', 'operator'],
  lookAfterOrganizations: ['support', 'operator'],
  /** Issue, change, suspend, renew and revoke licenses; make organizations. */
  sellLicenses: ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Duty = keyof typeof duties;

export function offers(role: Role, duty: Duty): boolean {
  return (duties[duty] as readonly Role[]).includes(role);
}

const rolesOfMembers = ['owner', 'manager', 'editor', 'reader'] as const satisfies readonly Role[];
const everyRole = [...rolesOfMembers, 'support', 'operator'] as const satisfies readonly Role[];

const peopleOf: Partial<Record<Role, readonly Role[]>> = {
  operator: everyRole,
  owner: rolesOfMembers,
  manager: ['editor', 'reader'],
};
const tokensOf: Partial<Record<Role, readonly Role[]>> = {
  operator: everyRole,
  owner: rolesOfMembers,
  manager: ['manager', 'editor', 'reader'],
};

/** The roles that are offered to be given to people, whose people are looked after too. */
export function rolesOfPeople(own: Role): readonly Role[] {
  return peopleOf[own] ?? [];
}

/** The roles that are offered to be given to access tokens. */
export function rolesOfTokens(own: Role): readonly Role[] {
  return tokensOf[own] ?? [];
}

/** Whether a role is one within an organization, and not of the vendor's people. */
export function isOfOrganization(role: Role): boolean {
  return (rolesOfMembers as readonly Role[]).includes(role);
}
