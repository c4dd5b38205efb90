/** Roles of access tokens and people, and their order: nobody gives a role above their own. */

/** The vendor's roles. */
export const vendorRoles = ['operator', 'support'] as const;
/** The roles in an organization, from the highest to the lowest. */
export const memberRoles = ['owner', 'manager', 'editor', 'reader'] as const;

export type VendorRole = (typeof vendorRoles)[number];
export type MemberRole = (typeof memberRoles)[number];
export type Role = VendorRole | MemberRole;

/** Whether the role is one in an organization. */
export function isMemberRole(role: Role): role is MemberRole {
  return (memberRoles as readonly string[]).includes(role);
}

/** Every role, for schemas. */
export const roles = [...vendorRoles, ...memberRoles] as const;

/** Whether somebody with the role `own` may give `given`, or take it away: nobody gives a role above their own. */
export function mayGive(own: Role, given: Role): boolean {
  if (own === 'operator') return true;
  if (!isMemberRole(own) || !isMemberRole(given)) return false;
  return memberRoles.indexOf(own) <= memberRoles.indexOf(given);
}

/**
 * Whether somebody with the role `own` may make, change or remove a person whose role is `theirs`. It is narrower than `mayGive`: a
 * manager is in charge of editors and readers only.
 */
export function mayManage(own: Role, theirs: Role): boolean {
  if (own === 'manager') return theirs === 'editor' || theirs === 'reader';
  return mayGive(own, theirs) && own !== 'editor' && own !== 'reader';
}
