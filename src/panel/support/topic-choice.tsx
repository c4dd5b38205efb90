/** The topic of a new ticket. Device deactivation is open to everybody; whether the others are is seen from the license. */
import { Radio, Stack } from '@mantine/core';
import { refusalWords } from 'virtual:refusal-words';
import type { License, Ticket } from '../api/schema';
import { Note } from '../shell/note';
import { Moment } from '../time/moment';
import { useServerNow } from '../time/use-server-now';
import { topics, topicWords } from './ticket-words';

export function TopicChoice({
  license: { supportAndUpgradeUntil: until },
  topic,
  error,
  onChange,
}: {
  license: License;
  topic: Ticket['topic'];
  error: string | undefined;
  onChange: (topic: Ticket['topic']) => void;
}) {
  const now = useServerNow();
  const hasSupport = until !== null && Date.parse(until) > now;
  return (
    <Stack gap="sm">
      <Radio.Group label="Topic" value={topic} error={error} onChange={(value) => onChange(value as Ticket['topic'])}>
        <Stack gap="xs" mt="xs">
          {topics.map((one) => {
            const isAlwaysOpen = one === 'deviceDeactivation';
            return (
              <Radio
                key={one}
                value={one}
                label={topicWords[one]}
                disabled={!isAlwaysOpen && !hasSupport && one !== topic}
                description={
                  isAlwaysOpen
                    ? 'Open to everybody, with or without Support & Upgrade.'
                    : hasSupport
                      ? 'With Support & Upgrade.'
                      : 'Not open for this license.'
                }
                styles={{ label: { color: 'inherit' }, description: { color: 'var(--mantine-color-dimmed)' } }}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      {hasSupport ? null : (
        <Note tone="plain" title={refusalWords.supportAndUpgradeRequired?.title}>
          <p>
            {until === null ? (
              'This license is without Support & Upgrade.'
            ) : (
              <>
                Support & Upgrade of this license ended on <Moment at={until} only="day" />.
              </>
            )}{' '}
            {refusalWords.supportAndUpgradeRequired?.remedy}
          </p>
        </Note>
      )}
    </Stack>
  );
}
