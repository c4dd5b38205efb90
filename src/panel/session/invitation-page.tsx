/** Accepting an invitation: the secret is behind the `#` of the address. */
import { Page } from '../shell/page';

export function InvitationPage() {
  return <Page title="Invitation" />;
}
