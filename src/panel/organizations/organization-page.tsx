/** One organization. */
import { Page } from '../shell/page';

export function OrganizationPage() {
  return <Page title="Organization" />;
}
