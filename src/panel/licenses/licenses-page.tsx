/** Every license that one sees: how many of its seats are in use, until when it is valid, whether devices can be deactivated remotely. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { License } from '../api/schema';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { type Column, StackedTable } from '../shell/stacked-table';
import { LicenseFilters } from './license-filters';
import { LicenseStatus, SettingTag, Validity } from './license-words';
import { licensesQuery, organizationNamesQuery } from './licenses.queries';
import type { LicensesSearch } from './licenses-search';
import { SeatMeter } from './meter';
import { sorted } from './sorting';
import { TextLink } from '../shell/text-link';

const columns: readonly Column<License>[] = [
  {
    title: 'License',
    isTitle: true,
    cell: ({ id, product, keyHint }) => (
      <>
        <TextLink to="/licenses/$licenseId" params={{ licenseId: id }} fw={600}>
          {product}
        </TextLink>
        <div className="soft">Key …{keyHint}</div>
      </>
    ),
  },
  {
    title: 'Seats in use',
    cell: ({ activeDevices, seats }) => <SeatMeter inUse={activeDevices} seats={seats} />,
  },
  { title: 'Valid until', cell: ({ validUntil }) => <Validity until={validUntil} /> },
  { title: 'Status', cell: ({ status }) => <LicenseStatus status={status} /> },
  { title: 'Remote deactivation', cell: (license) => <SettingTag remoteDeactivation={license.remoteDeactivation} /> },
];

export function LicensesPage() {
  const search = useSearch({ from: '/signed-in/licenses' });
  const navigate = useNavigate({ from: '/licenses' });
  const { sort = 'issued', ...filter } = search;
  const query = useInfiniteQuery(licensesQuery(filter));
  const { data: names = {} } = useQuery(organizationNamesQuery);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  // What is sorted here has to be here whole.
  const isPartial = sort !== 'issued' && hasNextPage;
  useEffect(() => {
    if (isPartial && !isFetchingNextPage) void fetchNextPage();
  }, [isPartial, isFetchingNextPage, fetchNextPage]);
  const change = (part: Partial<LicensesSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  // What was typed goes with the filter that it was.
  const [resets, setResets] = useState(0);
  const reset = (): void => {
    void navigate({ search: {}, replace: true }).then(() => setResets((before) => before + 1));
  };
  const items =
    query.data &&
    sorted(
      query.data.pages.flatMap((page) => page.items),
      sort,
    );
  const ofOrganization: Column<License> = {
    title: 'Organization',
    cell: ({ organizationId }) => names[organizationId] ?? '…',
  };
  const [first, ...rest] = columns;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page title="Licenses">
      <div className="section">
        <div className="section-body">
          <LicenseFilters key={resets} search={search} onChange={change} />
          {items === undefined ? (
            query.error === null ? (
              <Loading what="The licenses are loaded" lines={5} />
            ) : (
              <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
            )
          ) : items.length === 0 ? (
            <Empty title={isFiltered ? 'No license is like this' : 'There is no license yet'}>
              {isFiltered ? (
                <Button variant="default" size="xs" onClick={reset}>
                  Show all licenses
                </Button>
              ) : (
                'A license appears here as soon as the vendor has issued it.'
              )}
            </Empty>
          ) : (
            <StackedTable
              label="Licenses"
              columns={first ? [first, ofOrganization, ...rest] : columns}
              items={items}
              keyOf={({ id }) => id}
            />
          )}
          <LoadMore query={query} label="Show more licenses" />
        </div>
      </div>
    </Page>
  );
}
