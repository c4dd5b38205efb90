/** One license. */
import { Page } from '../shell/page';

export function LicensePage() {
  return <Page title="License" />;
}
