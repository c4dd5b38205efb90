/** One ticket. */
import { Page } from '../shell/page';

export function TicketPage() {
  return <Page title="Support ticket" />;
}
