/** The devices that hold no seat: logged out, expired, deactivated, or only registered. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Device, License } from '../api/schema';
import { useMay } from '../session/use-session';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Tag } from '../shell/tag';
import { Moment } from '../time/moment';
import { DeviceName } from './device-name';
import { endedByWords, stateWords } from './device-words';
import { otherDevicesQuery } from './license.queries';
import { RegisterDevice } from './register-device';

const columns: readonly Column<Device>[] = [
  { title: 'Device', isTitle: true, cell: (device) => <DeviceName device={device} /> },
  {
    title: 'State',
    cell: ({ state }) => {
      const [words, tone] = stateWords[state];
      return <Tag tone={tone}>{words}</Tag>;
    },
  },
  {
    title: 'Since',
    cell: ({ endedBy, lastSeenAt }) => {
      const since = endedBy?.at ?? lastSeenAt;
      return since === null ? 'Never active' : <Moment at={since} />;
    },
  },
  {
    title: 'How it ended',
    cell: ({ endedBy }) =>
      endedBy === null ? (
        '—'
      ) : (
        <>
          {endedByWords[endedBy.kind]}
          {endedBy.reason === null ? null : <div className="soft">“{endedBy.reason}”</div>}
        </>
      ),
  },
];

export function OtherDevices({ license }: { license: License }) {
  const query = useInfiniteQuery(otherDevicesQuery(license.id));
  const mayRegister = useMay('registerDevice');
  const devices = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title="Other devices" beside={mayRegister ? <RegisterDevice licenseId={license.id} /> : null}>
      {devices === undefined ? (
        query.error === null ? (
          <Loading what="The other devices are loaded" />
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : devices.length === 0 ? (
        <Empty title="No other device is known">Devices that have left their seat are listed here.</Empty>
      ) : (
        <StackedTable label="Other devices" columns={columns} items={devices} keyOf={({ id }) => id} />
      )}
      <LoadMore query={query} label="Show further devices" />
    </Section>
  );
}
