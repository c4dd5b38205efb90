/** One ticket: what somebody asks for, and everything that support needs to help. Live by the stream of its license. */
import { VisuallyHidden } from '@mantine/core';
import { useThrottledState } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNothing } from '../api/problem';
import type { License, Ticket } from '../api/schema';
import { History } from '../license/history';
import { licenseQuery } from '../license/license.queries';
import { sentenceOf } from '../license/sentences';
import { useDeviceNames } from '../license/use-device-names';
import { useLicenseStream } from '../live/use-license-stream';
import { Loading } from '../shell/loading';
import { NotFoundPage } from '../shell/not-found-page';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { TextLink } from '../shell/text-link';
import { DevicesSection } from './devices-section';
import { SupportedLicense } from './supported-license';
import { TicketSection } from './ticket-section';
import { ticketQuery } from './tickets.queries';
import { topicWords } from './ticket-words';

/** What is new is said so often at most. */
const newsEachMillis = 200;

export function TicketPage() {
  const { ticketId } = useParams({ from: '/signed-in/support/$ticketId' });
  const { data: ticket, error, refetch } = useQuery(ticketQuery(ticketId));
  return (
    <>
      <nav className="back" aria-label="Way back">
        <TextLink to="/support" size="sm">
          All tickets
        </TextLink>
      </nav>
      {ticket !== undefined ? (
        <OpenTicket key={ticket.id} ticket={ticket} />
      ) : error === null ? (
        <Page>
          <Loading what="The ticket is loaded" lines={6} />
        </Page>
      ) : isNothing(error) ? (
        <NotFoundPage />
      ) : (
        <Page title="Support ticket">
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        </Page>
      )}
    </>
  );
}

function OpenTicket({ ticket }: { ticket: Ticket }) {
  const { data: license, error, refetch } = useQuery(licenseQuery(ticket.licenseId));
  const product = license === undefined ? '' : `: ${license.product}`;
  return (
    <Page title={`${topicWords[ticket.topic]}${product}`}>
      <TicketSection ticket={ticket} />
      {license !== undefined ? (
        <AboutLicense ticket={ticket} license={license} />
      ) : error === null ? (
        <Loading what="The license is loaded" lines={4} />
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

function AboutLicense({ ticket, license }: { ticket: Ticket; license: License }) {
  const [news, setNews] = useThrottledState('', newsEachMillis);
  const deviceOf = useDeviceNames(license.id, []);
  useLicenseStream(license.id, (row) =>
    setNews(sentenceOf(row, deviceOf(row.machine === 'device' ? row.subjectId : null))),
  );
  return (
    <>
      <VisuallyHidden role="status">{news}</VisuallyHidden>
      <SupportedLicense ticket={ticket} license={license} />
      <DevicesSection ticket={ticket} license={license} />
      <History license={license} />
    </>
  );
}
