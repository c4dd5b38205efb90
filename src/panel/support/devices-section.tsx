/** The devices that hold a seat: why the owner cannot deactivate each alone, in the server's words, and support's way to do it. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { refusalWords } from 'virtual:refusal-words';
import { useState } from 'react';
import type { Device, License, Ticket } from '../api/schema';
import { nameOf } from '../license/device-words';
import { seatsQuery } from '../license/license.queries';
import { useMay } from '../session/use-session';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Tag } from '../shell/tag';
import { Countdown } from '../time/countdown';
import { Moment, TimeAgo } from '../time/moment';
import { ForcedDeactivationDialog } from './forced-deactivation-dialog';

export function DevicesSection({ ticket, license }: { ticket: Ticket; license: License }) {
  const query = useInfiniteQuery(seatsQuery(license.id));
  const mayForce = useMay('forceDeactivation');
  const [target, setTarget] = useState<Device | null>(null);
  const devices = query.data?.pages.flatMap(({ items }) => items.flatMap(({ device }) => device ?? []));
  const columns: Column<Device>[] = [
    { title: 'Seat', cell: ({ seat }) => <span className="seat">{seat}</span> },
    {
      title: 'Device',
      isTitle: true,
      cell: (device) => (
        <>
          <strong>{nameOf(device)}</strong>
          {device.id === ticket.deviceId ? (
            <div>
              <Tag tone="warn">The ticket is about it</Tag>
            </div>
          ) : null}
          <div className="soft">{device.platform}</div>
        </>
      ),
    },
    { title: 'Last connection', cell: ({ lastSeenAt }) => (lastSeenAt === null ? '—' : <TimeAgo at={lastSeenAt} />) },
    {
      title: 'Deactivation date',
      cell: ({ deactivationDate: date }) =>
        date === null ? (
          '—'
        ) : (
          <>
            <Moment at={date} />
            <div className="soft">
              <Countdown until={date} after="left" />
            </div>
          </>
        ),
    },
    { title: 'Why the owner cannot do it alone', cell: (device) => <WhyNot device={device} /> },
    ...(mayForce
      ? [
          {
            title: 'Actions',
            isQuiet: true,
            cell: (device: Device) => (
              <Button size="xs" variant="default" aria-description={nameOf(device)} onClick={() => setTarget(device)}>
                Force deactivation
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Section title="Active devices">
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {devices === undefined ? (
        query.error === null ? (
          <Loading what="The devices are loaded" lines={4} />
        ) : null
      ) : devices.length === 0 ? (
        <Empty title="No device holds a seat" />
      ) : (
        <StackedTable label="Active devices" columns={columns} items={devices} keyOf={({ id }) => id} />
      )}
      <LoadMore query={query} label="Show more seats" />
      <ForcedDeactivationDialog ticket={ticket} device={target} onClose={() => setTarget(null)} />
    </Section>
  );
}

function WhyNot({ device: { remoteDeactivation } }: { device: Device }) {
  const { allowed, reason, remedy } = remoteDeactivation;
  if (allowed) return <span className="soft">The owner can do it alone.</span>;
  return (
    <div className="no-deactivation">
      <span>{refusalWords[reason ?? '']?.title ?? reason}.</span> <span className="soft">{remedy}</span>
    </div>
  );
}
