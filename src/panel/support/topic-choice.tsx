/** The topic of a new ticket. Which of them are open for the license, and what could be done about the others, the server says. */
import { Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { refusalWords } from 'virtual:refusal-words';
import type { License, Ticket } from '../api/schema';
import { Loading } from '../shell/loading';
import { Note } from '../shell/note';
import { ProblemAlert } from '../shell/problem-alert';
import { Moment } from '../time/moment';
import { topicWords } from './ticket-words';
import { ticketTopicsQuery } from './tickets.queries';

export function TopicChoice({
  license: { id, supportAndUpgradeUntil: until },
  topic,
  error,
  onChange,
}: {
  license: License;
  topic: Ticket['topic'];
  error: string | undefined;
  onChange: (topic: Ticket['topic']) => void;
}) {
  const { data: topics, error: unread, refetch } = useQuery(ticketTopicsQuery(id));
  if (topics === undefined) {
    return unread === null ? (
      <Loading what="The topics are loaded" />
    ) : (
      <ProblemAlert error={unread} onRetry={() => void refetch()} />
    );
  }
  const refused = topics.find(({ allowed }) => !allowed);
  return (
    <Stack gap="sm">
      <Radio.Group label="Topic" value={topic} error={error} onChange={(value) => onChange(value as Ticket['topic'])}>
        <Stack gap="xs" mt="xs">
          {topics.map(({ topic: one, allowed }) => (
            <Radio
              key={one}
              value={one}
              label={topicWords[one]}
              disabled={!allowed && one !== topic}
              description={allowed ? 'Open for this license.' : 'Not open for this license.'}
              styles={{ label: { color: 'inherit' }, description: { color: 'var(--mantine-color-dimmed)' } }}
            />
          ))}
        </Stack>
      </Radio.Group>
      {refused === undefined ? null : (
        <Note tone="plain" title={refusalWords[refused.reason ?? '']?.title}>
          <p>
            {until === null ? (
              'This license is without Support & Upgrade.'
            ) : (
              <>
                Support & Upgrade of this license ended on <Moment at={until} only="day" />.
              </>
            )}{' '}
            {refused.remedy}
          </p>
        </Note>
      )}
    </Stack>
  );
}
