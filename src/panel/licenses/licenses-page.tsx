/** Each license that one sees. */
import { Page } from '../shell/page';

export function LicensesPage() {
  return <Page title="Licenses" />;
}
