/** One device, setting, license or ticket on its chart: live, at any moment of its past, and as a command would leave it. */
import { VisuallyHidden } from '@mantine/core';
import { useThrottledState } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import type { Inspection, Machine } from '../api/schema';
import { sentenceOf } from '../license/sentences';
import { useLicenseStream } from '../live/use-license-stream';
import { Loading } from '../shell/loading';
import { NotFoundPage } from '../shell/not-found-page';
import { Note } from '../shell/note';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { Tag } from '../shell/tag';
import { TextLink } from '../shell/text-link';
import { Moment } from '../time/moment';
import { BackToLive } from './back-to-live';
import { Chart } from './chart';
import { DryRun, type DryRunHandle } from './dry-run';
import { ImaginedNote } from './imagined-note';
import { inspectionQuery, type SubjectRef } from './inspections.queries';
import { isKept, isMachineId, type KeptMachineId, machineWords } from './machine-words';
import { machineQuery } from './machines.queries';
import { litAt, litBy } from './moment';
import { Prospects } from './prospects';
import { Sandbox } from './sandbox';
import { SubjectFacts } from './subject-facts';
import { type HistoryHandle, SubjectHistory } from './subject-history';
import { SubjectLinks } from './subject-links';
import { useImagined } from './use-imagined';

/** A screen reader is told so often at most, and nothing is drawn for what it is not told. */
const newsEachMillis = 500;

export function SubjectPage() {
  const { machineId, subjectId } = useParams({ from: '/signed-in/inspector/$machineId/$subjectId' });
  if (!isMachineId(machineId) || !isKept(machineId)) return <NotFoundPage />;
  return <OneSubject key={`${machineId}/${subjectId}`} subject={{ machine: machineId, id: subjectId }} />;
}

function OneSubject({ subject }: { subject: SubjectRef }) {
  const { sequence } = useSearch({ from: '/signed-in/inspector/$machineId/$subjectId' });
  const { data: machine, error: machineError } = useQuery(machineQuery(subject.machine));
  const {
    data: inspection,
    error,
    refetch,
  } = useQuery({
    ...inspectionQuery(subject, sequence),
    placeholderData: (before) => before,
  });
  const words = machineWords[subject.machine];
  return (
    <>
      <nav className="back" aria-label="Way back">
        <TextLink to="/inspector/$machineId" params={{ machineId: subject.machine }} size="sm">
          The machine: {words}
        </TextLink>
      </nav>
      {inspection !== undefined && machine !== undefined ? (
        <Inspected subject={subject} machine={machine} inspection={inspection} sequence={sequence} />
      ) : (error ?? machineError) === null ? (
        <Page>
          <Loading what="The inspector opens" lines={8} />
        </Page>
      ) : (
        <Page title={words}>
          <ProblemAlert error={error ?? machineError} onRetry={() => void refetch()} />
          {sequence === undefined ? null : <BackToLive subject={subject} />}
        </Page>
      )}
    </>
  );
}

function Inspected({
  subject,
  machine,
  inspection,
  sequence,
}: {
  subject: SubjectRef;
  machine: Machine;
  inspection: Inspection;
  sequence: number | undefined;
}) {
  const history = useRef<HistoryHandle>(null);
  const dryRun = useRef<DryRunHandle>(null);
  const [news, setNews] = useThrottledState('', newsEachMillis);
  const { licenseId, isPresent, state, transition, name } = inspection;
  const [imagined, setImagined] = useImagined(`${sequence ?? 'now'} ${transition?.sequence ?? 'none'}`);
  useLicenseStream(
    licenseId,
    (row) => {
      history.current?.take(row);
      if (row.subjectId === subject.id && row.machine === subject.machine) setNews(sentenceOf(row, name));
    },
    // Where that fails, the stream is lost as well, and opens again.
    () => void history.current?.catchUp().catch(() => undefined),
  );
  const { event } = useSearch({ from: '/signed-in/inspector/$machineId/$subjectId' });
  const held = useMemo(() => {
    const last =
      transition === null
        ? []
        : litAt(machine, { ...transition, from: transition.from ?? undefined, to: transition.to ?? undefined });
    return [...new Set([...(state === null ? [] : [state]), ...last])];
  }, [machine, state, transition]);
  const words = machineWords[subject.machine];
  return (
    <Page
      title={`${words}: ${name}`}
      beside={isPresent ? <Tag tone="good">Live</Tag> : <Tag tone="warn">In the past</Tag>}
    >
      <VisuallyHidden role="status">{isPresent ? news : ''}</VisuallyHidden>
      <SubjectLinks inspection={inspection} />
      {isPresent ? null : (
        <Note tone="warn" title="This is the past" role="status">
          <p>
            What held after event {inspection.sequence} of the license’s history, <Moment at={inspection.at} />.
          </p>
          <BackToLive subject={subject} />
        </Note>
      )}
      <div className="inspected">
        <Section title="Chart">
          <SubjectFacts inspection={inspection} />
          <Chart id={subject.machine} name={words} lit={imagined ?? held} isImagined={imagined !== null} />
          {imagined === null ? null : <ImaginedNote isPresent={isPresent} onEnd={() => setImagined(null)} />}
        </Section>
        <Section title="History">
          <SubjectHistory
            licenseId={licenseId}
            subject={subject}
            name={name}
            events={eventsOf(subject, machine)}
            asked={event}
            shown={sequence}
            handle={history}
          />
        </Section>
      </div>
      {inspection.prospects === null ? null : (
        <>
          <Section title="What can happen now">
            <Prospects inspection={inspection} onTry={(event) => dryRun.current?.attempt(event)} />
          </Section>
          <Section title="Dry run">
            <DryRun
              inspection={inspection}
              handle={dryRun}
              onTried={(tried) => setImagined(litBy(machine, tried))}
              onFailed={() => setImagined(null)}
            />
          </Section>
        </>
      )}
      <Section title="Sandbox">
        <Sandbox
          key={sequence ?? 'now'}
          machine={machine}
          begin={state ?? machine.initial}
          onDecided={(decided) => setImagined(litBy(machine, decided))}
          onFailed={() => setImagined(null)}
        />
      </Section>
    </Page>
  );
}

/** What the history of a subject can be filtered by: of a license, whatever happened to anything of it. */
function eventsOf({ machine: id }: SubjectRef, machine: Machine): readonly string[] {
  const births: Record<KeptMachineId, readonly string[]> = {
    device: ['register', 'rename', 'reseat'],
    remoteDeactivation: [],
    license: [],
    supportTicket: ['open'],
  };
  return id === 'license' ? [] : [...machine.events.map(({ name }) => name), ...births[id]];
}
