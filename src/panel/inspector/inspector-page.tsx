/** The rules, to be looked at: one machine with its chart, its states and events in words, and a sandbox. */
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Machine } from '../api/schema';
import { Loading } from '../shell/loading';
import { NotFoundPage } from '../shell/not-found-page';
import { Note } from '../shell/note';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { TextLink } from '../shell/text-link';
import { Chart } from './chart';
import type { Hits } from './chart-hits';
import { Coverage } from './coverage';
import { Downloads } from './downloads';
import { ImaginedNote } from './imagined-note';
import { MachineRules } from './machine-rules';
import { isMachineId, machineWords } from './machine-words';
import { machineQuery } from './machines.queries';
import { litAt, litBy } from './moment';
import { Sandbox } from './sandbox';
import { useCounts } from './use-counts';
import { useImagined } from './use-imagined';

export function InspectorPage() {
  const { machineId } = useParams({ from: '/signed-in/inspector/$machineId' });
  if (!isMachineId(machineId)) return <NotFoundPage />;
  return <OneMachine key={machineId} id={machineId} />;
}

function OneMachine({ id }: { id: Machine['id'] }) {
  const { data: machine, error, refetch } = useQuery(machineQuery(id));
  const moment = useSearch({ from: '/signed-in/inspector/$machineId' });
  const [imagined, setImagined] = useImagined(`${moment.event} ${moment.from} ${moment.to}`);
  const past = useMemo(() => (machine === undefined ? [] : litAt(machine, moment)), [machine, moment]);
  const [hits, setHits] = useState<Hits>();
  const counts = useCounts(id);
  const name = machineWords[id];
  return (
    <Page title={`Inspector: ${name}`}>
      <nav className="machine-nav" aria-label="Machines">
        {Object.entries(machineWords).map(([other, words]) => (
          <TextLink
            key={other}
            to="/inspector/$machineId"
            params={{ machineId: other }}
            aria-current={other === id ? 'page' : undefined}
          >
            {words}
          </TextLink>
        ))}
      </nav>
      {machine === undefined ? (
        error === null ? (
          <Loading what="The machine is loaded" lines={8} />
        ) : (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <Section title="Chart" beside={<Downloads id={id} />}>
            <p className="soft">{machine.description}</p>
            {moment.event === undefined || imagined !== null ? null : (
              <Note tone="plain" title="At that moment">
                <p>
                  {moment.event}: {moment.from === undefined || moment.from === moment.to ? '' : `${moment.from} → `}
                  {moment.to}
                </p>
              </Note>
            )}
            <Chart
              id={id}
              name={name}
              lit={imagined ?? past}
              isImagined={imagined !== null}
              counts={counts}
              hits={hits}
            />
            {imagined === null ? null : (
              <ImaginedNote isPresent={moment.event === undefined} onEnd={() => setImagined(null)} />
            )}
          </Section>
          <Section title="Coverage">
            <Coverage id={id} onShow={setHits} />
          </Section>
          <Section title="Sandbox">
            <Sandbox
              machine={machine}
              onDecided={(decided) => setImagined(litBy(machine, decided))}
              onFailed={() => setImagined(null)}
            />
          </Section>
          <MachineRules machine={machine} counts={counts} />
        </>
      )}
    </Page>
  );
}
