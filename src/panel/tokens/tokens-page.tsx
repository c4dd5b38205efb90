/** Access tokens for programs and people. */
import { Page } from '../shell/page';

export function TokensPage() {
  return <Page title="Tokens" />;
}
