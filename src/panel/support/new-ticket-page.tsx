/** A new ticket, prefilled from the address: `?licenseId=…&deviceId=…`. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { licenseQuery } from '../license/license.queries';
import { ForRole } from '../session/for-role';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { TextLink } from '../shell/text-link';
import { choosableLicensesQuery } from './choosable-licenses.queries';
import { TicketForm } from './ticket-form';

export function NewTicketPage() {
  return (
    <ForRole needs="openTicket" title="Open a support ticket">
      <NewTicket />
    </ForRole>
  );
}

function NewTicket() {
  const { licenseId: given, deviceId } = useSearch({ from: '/signed-in/support/new' });
  const [chosen, setChosen] = useState<string | undefined>(given);
  return (
    <Page title="Open a support ticket">
      <Section title="What is it about?">
        {given === undefined ? <LicenseChoice chosen={chosen} onChoose={setChosen} /> : null}
        {chosen === undefined ? null : (
          <ChosenLicense key={chosen} licenseId={chosen} deviceId={chosen === given ? deviceId : undefined} />
        )}
      </Section>
    </Page>
  );
}

function LicenseChoice({ chosen, onChoose }: { chosen: string | undefined; onChoose: (id?: string) => void }) {
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useQuery(choosableLicensesQuery(search.trim()));
  if (data === undefined) {
    return error === null ? (
      <Loading what="The licenses are loaded" lines={2} />
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  }
  const isMore = data.nextCursor !== null;
  if (data.items.length === 0 && search === '')
    return <Empty title="There is no license that a ticket could be about" />;
  return (
    <>
      {isMore || search !== '' ? (
        <TextInput
          type="search"
          label="Search by product"
          description={isMore ? `The first ${data.items.length} licenses are listed below.` : undefined}
          mb="md"
          value={search}
          onChange={({ currentTarget: { value } }) => setSearch(value)}
        />
      ) : null}
      <NativeSelect
        label="License"
        mb="md"
        data={[
          { value: '', label: data.items.length === 0 ? 'No license is of such a product' : 'Choose a license' },
          ...data.items.map(({ id, product, keyHint }) => ({ value: id, label: `${product} (key …${keyHint})` })),
        ]}
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
      />
    </>
  );
}

function ChosenLicense({ licenseId, deviceId }: { licenseId: string; deviceId: string | undefined }) {
  const { data: license, error, refetch } = useQuery(licenseQuery(licenseId));
  if (license !== undefined) return <TicketForm license={license} deviceId={deviceId} />;
  if (error === null) return <Loading what="The license is loaded" />;
  return (
    <>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      <TextLink to="/licenses">All licenses</TextLink>
    </>
  );
}
