/** The people of one's own organization. */
import { ForRole } from '../session/for-role';
import { useSession } from '../session/use-session';
import { ButtonLink } from '../shell/button-link';
import { Empty } from '../shell/empty';
import { Page } from '../shell/page';
import { PeopleSection } from './people-section';

export function PeoplePage() {
  return (
    <ForRole needs="addMember" title="People">
      <People />
    </ForRole>
  );
}

function People() {
  const { organization } = useSession();
  return (
    <Page title="People">
      {organization === null ? (
        <Empty title="You are signed in with a token of the vendor, which belongs to no organization">
          <p>The people of an organization are on its page.</p>
          <ButtonLink to="/organizations" variant="default">
            Choose an organization
          </ButtonLink>
        </Empty>
      ) : (
        <PeopleSection organizationId={organization.id} title={organization.name} />
      )}
    </Page>
  );
}
