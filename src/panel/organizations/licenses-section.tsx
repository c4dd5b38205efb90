/** The licenses of an organization, and the way to issue one more. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { License, Organization } from '../api/schema';
import { LicenseStatus, SettingTag, Validity } from '../licenses/license-words';
import { SeatMeter } from '../licenses/meter';
import { useMay } from '../session/use-session';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { type Column, StackedTable } from '../shell/stacked-table';
import { TextLink } from '../shell/text-link';
import { IssueLicenseDialog } from './issue-license-dialog';
import { organizationLicensesQuery } from './organizations.queries';

const columns: readonly Column<License>[] = [
  {
    title: 'Product',
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
  { title: 'Seats', cell: ({ activeDevices, seats }) => <SeatMeter inUse={activeDevices} seats={seats} /> },
  { title: 'Status', cell: ({ status }) => <LicenseStatus status={status} /> },
  { title: 'Valid until', cell: ({ validUntil }) => <Validity until={validUntil} /> },
  {
    title: 'Remote deactivation',
    cell: ({ remoteDeactivation }) => <SettingTag remoteDeactivation={remoteDeactivation} />,
  },
];

export function LicensesSection({ organization }: { organization: Organization }) {
  const { data: licenses, error, refetch } = useQuery(organizationLicensesQuery(organization.id));
  const mayIssue = useMay('issueLicense');
  const [isIssuing, setIssuing] = useState(false);
  return (
    <Section
      title="Licenses"
      beside={
        mayIssue ? (
          <Button size="xs" onClick={() => setIssuing(true)}>
            Issue a license
          </Button>
        ) : null
      }
    >
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {licenses === undefined ? (
        error === null ? (
          <Loading what="The licenses are loaded" />
        ) : null
      ) : licenses.length === 0 ? (
        <Empty title="This organization has no license yet" />
      ) : (
        <StackedTable label="Licenses" columns={columns} items={licenses} keyOf={({ id }) => id} />
      )}
      <IssueLicenseDialog organization={organization} isOpen={isIssuing} onClose={() => setIssuing(false)} />
    </Section>
  );
}
