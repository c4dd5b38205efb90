/** R9: which tickets can be opened about a license. */
import { hasEnded } from '../license/license.machine.js';
import { type TicketTopic, ticketTopics } from '../support-ticket/support-ticket.events.js';
import type { Offer } from './offer.js';
import type { LicenseRow } from './rows.js';

type Terms = Pick<LicenseRow, 'supportAndUpgradeUntil'>;

/** `deviceDeactivation` is open to everybody, every other topic needs Support & Upgrade. */
export function mayOpenTicket({ supportAndUpgradeUntil }: Terms, topic: TicketTopic, now: number): boolean {
  if (topic === 'deviceDeactivation') return true;
  return supportAndUpgradeUntil !== null && !hasEnded(supportAndUpgradeUntil, now);
}

/** Each topic, and why a ticket of it would be refused at `now` (epoch milliseconds), role aside. */
export function offerTicketTopics(license: Terms, now: number): (Offer & { readonly topic: TicketTopic })[] {
  return ticketTopics.map((topic) =>
    mayOpenTicket(license, topic, now)
      ? { topic, allowed: true, reason: null }
      : { topic, allowed: false, reason: 'supportAndUpgradeRequired' },
  );
}
