/** Tickets by status: everybody's for the vendor's people, else those of one's own organization. */
import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { Ticket } from '../api/schema';
import { useMay } from '../session/use-session';
import { ButtonLink } from '../shell/button-link';
import { Page } from '../shell/page';
import { TicketList } from './ticket-list';
import { ticketStatuses, ticketStatusWords } from './ticket-words';

export function TicketsPage() {
  const [status, setStatus] = useState<Ticket['status']>('open');
  const mayOpen = useMay('openTicket');
  return (
    <Page title="Support" beside={mayOpen ? <ButtonLink to="/support/new">Open a support ticket</ButtonLink> : null}>
      <div className="section">
        <div className="section-body">
          <Tabs
            value={status}
            onChange={(value) => setStatus((value ?? 'open') as Ticket['status'])}
            keepMounted={false}
          >
            <Tabs.List aria-label="Tickets by status">
              {ticketStatuses.map((value) => (
                <Tabs.Tab key={value} value={value}>
                  {ticketStatusWords[value][0]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {ticketStatuses.map((value) => (
              <Tabs.Panel key={value} value={value} pt="md">
                <TicketList status={value} />
              </Tabs.Panel>
            ))}
          </Tabs>
        </div>
      </div>
    </Page>
  );
}
