/** Who is signed in, and what they can do about that. */
import { Button, Menu, Text } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { client, taken } from '../api/client';
import { roleInWords } from '../people/role-words';
import { useSession } from './use-session';

export function AccountMenu() {
  const { name, role, organization } = useSession();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => taken(client.DELETE('/v1/session')),
    // A new page, so that nothing of this person's answers stays in memory.
    onSuccess: () => location.assign('/sign-in'),
  });
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<IconUser size={18} aria-hidden />}
          aria-label={`Account of ${name}`}
        >
          <span className="app-account-name">{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="account-who">
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {roleInWords(role)}
            {organization === null ? '' : ` · ${organization.name}`}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => void navigate({ to: '/account' })}>
          Account
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          closeMenuOnClick={false}
          onClick={() => signOut.mutate()}
        >
          {signOut.isError ? 'Sign out (try again)' : 'Sign out'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
