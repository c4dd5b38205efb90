/**
 * Who is asking, as the guard has found it out, and how the history names them. It grants nothing: what a principal may do is
 * declared at each route.
 */
import { isMemberRole, type MemberRole, type Role } from './role.js';

/** An operator or a support agent of the vendor, by an access token or as a person who is signed in: then the name is the e-mail. */
export interface VendorPrincipal {
  readonly kind: 'operator' | 'support';
  readonly id: string;
  readonly name: string;
}

/** A program of an organization, by an access token, or a person who is signed in: then the name is the e-mail. */
export interface MemberPrincipal {
  readonly kind: 'member';
  readonly role: MemberRole;
  readonly organizationId: string;
  readonly id: string;
  readonly name: string;
}

/** Client software that knows a license key and is no device yet. The license may be suspended, expired or revoked. */
export interface LicenseKeyPrincipal {
  readonly kind: 'licenseKey';
  readonly licenseId: string;
  /** Compared by the batch again, so that a key that was just replaced activates nothing. */
  readonly keyHash: string;
  readonly keyHint: string;
}

/** A device, by its token. */
export interface DevicePrincipal {
  readonly kind: 'device';
  readonly deviceId: string;
  readonly licenseId: string;
  readonly tokenHash: string;
  /** The token is the newest of those never used: this use ends the one before it. */
  readonly firstUse: boolean;
}

/** A device token that nobody has looked up yet: the batch compares it with the row that it loads anyway. */
export interface DeviceClaim {
  readonly kind: 'deviceClaim';
  readonly tokenHash: string;
}

/** Who a looked-up credential stands for. */
export type KnownPrincipal = VendorPrincipal | MemberPrincipal | LicenseKeyPrincipal | DevicePrincipal;

export type Principal = KnownPrincipal | DeviceClaim;

/** Somebody with an access token or a session. */
export type TokenPrincipal = VendorPrincipal | MemberPrincipal;

/** The principal that a role makes of a token or a person. @param organizationId theirs; of no account for the vendor's roles */
export function principalOf(role: Role, organizationId: string | null, id: string, name: string): TokenPrincipal {
  if (!isMemberRole(role)) return { kind: role, id, name };
  if (organizationId === null) throw new Error(`the ${role} ${id} is of no organization`);
  return { kind: 'member', role, organizationId, id, name };
}

/** The role of somebody with an access token or a session. */
export function roleOf(principal: TokenPrincipal): Role {
  return principal.kind === 'member' ? principal.role : principal.kind;
}

/** Who did something, as the history keeps it. */
export interface Actor {
  readonly kind: 'device' | 'licenseKey' | 'member' | 'support' | 'operator';
  readonly id: string | null;
  readonly name: string | null;
}

/**
 * The actor that a principal is in the history. A license key has no id: its name is the hint, which says which of a license's
 * keys it was.
 */
export function actorOf(principal: KnownPrincipal): Actor {
  switch (principal.kind) {
    case 'operator':
    case 'support':
    case 'member':
      return { kind: principal.kind, id: principal.id, name: principal.name };
    case 'licenseKey':
      return { kind: 'licenseKey', id: null, name: principal.keyHint };
    case 'device':
      return actorOfDevice(principal.deviceId);
  }
}

/** The actor that a device is, once a batch has found its claim to be right. */
export function actorOfDevice(deviceId: string): Actor {
  return { kind: 'device', id: deviceId, name: null };
}
