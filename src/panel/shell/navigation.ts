/** The pages of the navigation, each offered to whom the server says that what is done there is for. */
import type { OperationId, Session } from '../api/schema';

/** `isOfVendor`: only for who sees more than one organization. */
const entries = [
  { to: '/licenses', label: 'Licenses', needs: 'listLicenses', isOfVendor: false },
  { to: '/support', label: 'Support', needs: 'listTickets', isOfVendor: false },
  { to: '/organizations', label: 'Organizations', needs: 'listOrganizations', isOfVendor: true },
  { to: '/people', label: 'People', needs: 'addMember', isOfVendor: false },
  { to: '/tokens', label: 'Tokens', needs: 'issueToken', isOfVendor: false },
  { to: '/inspector', label: 'Inspector', needs: 'decide', isOfVendor: false },
] as const satisfies { to: string; label: string; needs: OperationId; isOfVendor: boolean }[];

export function navigationOf({ kind, may }: Session) {
  return entries.filter(({ needs, isOfVendor }) => may.use.includes(needs) && (!isOfVendor || kind !== 'member'));
}
