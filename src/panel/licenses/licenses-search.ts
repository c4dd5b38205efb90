/** What of the list of licenses stands in its address. */
import type { LicenseFilter } from './licenses.queries';
import { isOrder, type Order } from './sorting';

export interface LicensesSearch extends LicenseFilter {
  sort?: Order;
}

const statuses = ['active', 'suspended', 'expired', 'revoked'] as const;
const settings = ['enabled', 'enabling', 'disabled'] as const;

/** What an address says, as far as it is understood. */
export function licensesSearch(said: Record<string, unknown>): LicensesSearch {
  const { search, status, remoteDeactivation, organizationId, sort } = said;
  return {
    search: search === undefined || search === '' ? undefined : String(search),
    status: statuses.find((value) => value === status),
    remoteDeactivation: settings.find((value) => value === remoteDeactivation),
    organizationId: typeof organizationId === 'string' ? organizationId : undefined,
    sort: isOrder(sort) ? sort : undefined,
  };
}
