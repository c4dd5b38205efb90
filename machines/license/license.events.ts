/** What can happen to a license. */

/** The states of a license. */
export const licenseStatuses = ['active', 'suspended', 'expired', 'revoked'] as const;
export type LicenseStatus = (typeof licenseStatuses)[number];

export type LicenseEvent =
  | { type: 'suspend'; at: number }
  | { type: 'reinstate'; at: number }
  | { type: 'expire'; at: number }
  | { type: 'renew'; at: number; /** The new end of validity; null for without end. */ validUntil: number | null }
  | { type: 'revoke'; at: number };

export const licenseEvents = {
  suspend: 'The vendor stops the license for a time.',
  reinstate: 'The vendor lets a suspended license work again.',
  expire: 'Time passes: the validity has ended.',
  renew: 'The vendor gives the license a new validity.',
  revoke: 'The vendor ends the license for good.',
} as const satisfies Record<LicenseEvent['type'], string>;
