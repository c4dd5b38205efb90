/** The devices that hold a seat now, by seat: until when, and how to take the seat back. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Device, License } from '../api/schema';
import { useMay } from '../session/use-session';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Countdown } from '../time/countdown';
import { Moment, TimeAgo } from '../time/moment';
import { DeactivationDialog } from './deactivation-dialog';
import { DeviceName } from './device-name';
import { nameOf } from './device-words';
import { seatsQuery } from './license.queries';
import { NoDeactivation } from './no-deactivation';

const columns: readonly Column<Device>[] = [
  { title: 'Seat', cell: ({ seat }) => <span className="seat">{seat}</span> },
  { title: 'Device', isTitle: true, cell: (device) => <DeviceName device={device} /> },
  { title: 'Platform', cell: ({ platform, appVersion }) => <Platform platform={platform} appVersion={appVersion} /> },
  { title: 'Last connection', cell: ({ lastSeenAt }) => (lastSeenAt === null ? '—' : <TimeAgo at={lastSeenAt} />) },
  {
    title: 'Deactivation date',
    cell: ({ deactivationDate }) =>
      deactivationDate === null ? (
        '—'
      ) : (
        <>
          <Moment at={deactivationDate} />
          <div className="soft">
            <Countdown until={deactivationDate} after="left" />
          </div>
        </>
      ),
  },
];

function Platform({ platform, appVersion }: Pick<Device, 'platform' | 'appVersion'>) {
  if (platform === null && appVersion === null) return '—';
  return (
    <div className="platform">
      {platform}
      {appVersion === null ? null : <div className="soft">Version {appVersion}</div>}
    </div>
  );
}

export function ActiveDevices({ license }: { license: License }) {
  const query = useInfiniteQuery(seatsQuery(license.id));
  const mayDeactivate = useMay('deactivateDevice');
  const [target, setTarget] = useState<Device | null>(null);
  const devices = query.data?.pages.flatMap(({ items }) => items.flatMap(({ device }) => device ?? []));
  const deactivation: Column<Device> = {
    title: 'Deactivation',
    isQuiet: true,
    cell: (device) =>
      device.remoteDeactivation.allowed ? (
        <Button size="xs" variant="default" aria-description={nameOf(device)} onClick={() => setTarget(device)}>
          Deactivate device
        </Button>
      ) : (
        <NoDeactivation device={device} />
      ),
  };
  const free = license.seats - license.activeDevices;
  return (
    <Section
      title="Active devices"
      beside={
        <span className="soft">
          {free === 0 ? 'No seat is free' : free === 1 ? 'One seat is free' : `${free} seats are free`}
        </span>
      }
    >
      {devices === undefined ? (
        query.error === null ? (
          <Loading what="The active devices are loaded" />
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : devices.length === 0 ? (
        <Empty title="No device is active">
          A device takes a seat when somebody logs in on it with the license key.
        </Empty>
      ) : (
        <StackedTable
          label="Active devices"
          columns={mayDeactivate ? [...columns, deactivation] : columns}
          items={devices}
          keyOf={({ id }) => id}
        />
      )}
      {devices && devices.length < license.activeDevices ? <LoadMore query={query} label="Show further seats" /> : null}
      <DeactivationDialog device={target} onClose={() => setTarget(null)} />
    </Section>
  );
}
