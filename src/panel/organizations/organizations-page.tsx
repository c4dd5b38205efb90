/** Who buys licenses, for the vendor's people. */
import { Anchor, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Organization } from '../api/schema';
import { useMay } from '../session/use-session';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { StackedTable } from '../shell/stacked-table';
import { TextLink } from '../shell/text-link';
import { NewOrganizationDialog } from './new-organization-dialog';
import { organizationsQuery } from './organizations.queries';

const shownAtOnce = 100;

const columns = [
  {
    title: 'Name',
    isTitle: true,
    cell: ({ id, name }: Organization) => (
      <TextLink to="/organizations/$organizationId" params={{ organizationId: id }} fw={600}>
        {name}
      </TextLink>
    ),
  },
];

export function OrganizationsPage() {
  const { data: organizations, error, refetch } = useQuery(organizationsQuery);
  const mayCreate = useMay('createOrganization');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(shownAtOnce);
  const [isMaking, setMaking] = useState(false);
  const wanted = search.trim().toLowerCase();
  const found = (organizations ?? [])
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <Page
      title="Organizations"
      beside={mayCreate ? <Button onClick={() => setMaking(true)}>Add an organization</Button> : null}
    >
      <div className="section">
        <div className="section-body">
          {' '}
          <TextInput
            type="search"
            label="Search by name"
            maw="24rem"
            mb="md"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <ProblemAlert error={error} onRetry={() => void refetch()} />
          {organizations === undefined ? (
            error === null ? (
              <Loading what="The organizations are loaded" lines={5} />
            ) : null
          ) : found.length === 0 ? (
            <Empty
              title={organizations.length === 0 ? 'There is no organization yet' : 'No organization has such a name'}
            >
              {organizations.length === 0 ? 'An organization owns licenses and has people.' : null}
            </Empty>
          ) : (
            <StackedTable
              label="Organizations"
              columns={columns}
              items={found.slice(0, shown)}
              keyOf={({ id }) => id}
            />
          )}
          {found.length > shown ? (
            <Anchor component="button" mt="md" onClick={() => setShown(shown + shownAtOnce)}>
              Show more organizations ({found.length - shown})
            </Anchor>
          ) : null}
        </div>
      </div>{' '}
      <NewOrganizationDialog isOpen={isMaking} onClose={() => setMaking(false)} />
    </Page>
  );
}
