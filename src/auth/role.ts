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
