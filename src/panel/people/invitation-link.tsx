/** A link by which a person chooses a password: shown once, to be sent to them. */
import { Text } from '@mantine/core';
import type { Invitation } from '../api/schema';
import { Note } from '../shell/note';
import { SecretOnce } from '../shell/secret-once';
import { Moment } from '../time/moment';

export function InvitationLink({ email, invitation: { url, endsAt } }: { email: string; invitation: Invitation }) {
  return (
    <>
      <Note tone="good" role="status" title={`The link for ${email}`}>
        <p>Send it to them yourself. It is shown this once only.</p>
      </Note>
      <SecretOnce secret={url} what="invitation link" />
      <Text size="sm">
        It works once, until <Moment at={endsAt} />.
      </Text>
    </>
  );
}
