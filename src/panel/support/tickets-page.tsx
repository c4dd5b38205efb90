/** Tickets by status. */
import { Page } from '../shell/page';

export function TicketsPage() {
  return <Page title="Support" />;
}
