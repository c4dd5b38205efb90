/** One's own account: who one is, the password, signing out, how the panel looks. */
import { Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { roleInWords } from '../people/role-words';
import { Facts } from '../shell/facts';
import { Page } from '../shell/page';
import { Section } from '../shell/section';
import { Moment } from '../time/moment';
import { PasswordForm } from './password-form';
import { SignOutButtons } from './sign-out-buttons';
import { useSession } from './use-session';

const ways = { password: 'E-mail and password', token: 'An access token', link: 'A one-time link' } as const;

export function AccountPage() {
  const { name, email, role, organization, signedInWith, endsAt } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page title="Account">
      <Section title="You">
        <Facts
          facts={[
            [email === null ? 'Access token' : 'E-mail', email ?? name],
            ['Role', roleInWords(role)],
            ['Organization', organization?.name ?? 'The vendor'],
            ['Signed in with', ways[signedInWith]],
            ['Signed in until', <Moment key="ends" at={endsAt} />],
          ]}
        />
        <SignOutButtons />
      </Section>
      {email === null ? null : (
        <Section title="Password">
          <PasswordForm email={email} />
        </Section>
      )}
      <Section title="Looks">
        <Radio.Group
          label="Color scheme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="light" label="Light" />
            <Radio value="dark" label="Dark" />
            <Radio value="auto" label="As the system" />
          </Stack>
        </Radio.Group>
      </Section>
    </Page>
  );
}
