/** One organization: its licenses, its people, its tokens. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PeopleSection } from '../people/people-section';
import { isNothing } from '../api/problem';
import { useMay } from '../session/use-session';
import { Loading } from '../shell/loading';
import { NotFoundPage } from '../shell/not-found-page';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { TextLink } from '../shell/text-link';
import { TokensSection } from '../tokens/tokens-section';
import { LicensesSection } from './licenses-section';
import { organizationQuery } from './organizations.queries';

export function OrganizationPage() {
  const { organizationId } = useParams({ from: '/signed-in/organizations/$organizationId' });
  const { data: organization, error, refetch } = useQuery(organizationQuery(organizationId));
  const givesTokens = useMay('issueToken');
  return (
    <>
      <nav className="back" aria-label="Way back">
        <TextLink to="/organizations" size="sm">
          All organizations
        </TextLink>
      </nav>
      {organization !== undefined ? (
        <Page key={organization.id} title={organization.name}>
          <LicensesSection organization={organization} />
          <PeopleSection organizationId={organization.id} />
          {givesTokens ? <TokensSection organizationId={organization.id} /> : null}
        </Page>
      ) : error === null ? (
        <Page>
          <Loading what="The organization is loaded" lines={6} />
        </Page>
      ) : isNothing(error) ? (
        <NotFoundPage />
      ) : (
        <Page title="Organization">
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        </Page>
      )}
    </>
  );
}
