/** A new ticket, prefilled from the address: `?licenseId=…&deviceId=…`. */
import { Page } from '../shell/page';

export function NewTicketPage() {
  return <Page title="Open a support ticket" />;
}
