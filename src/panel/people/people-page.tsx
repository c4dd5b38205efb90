/** The people of an organization. */
import { Page } from '../shell/page';

export function PeoplePage() {
  return <Page title="People" />;
}
