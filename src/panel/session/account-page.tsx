/** One's own account: password, and signing out everywhere. */
import { Page } from '../shell/page';

export function AccountPage() {
  return <Page title="Account" />;
}
