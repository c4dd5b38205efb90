/** Who buys licenses, for the vendor's people. */
import { Page } from '../shell/page';

export function OrganizationsPage() {
  return <Page title="Organizations" />;
}
