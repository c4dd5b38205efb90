/** Over the page of somebody whose session has ended: sign in again, and go on where they were. */
import { Text } from '@mantine/core';
import type { Session } from '../api/schema';
import { Dialog } from '../shell/dialog';
import { SignInForm } from './sign-in-form';

export function SessionEndedDialog({
  isOpen,
  session,
  onRenewed,
}: {
  isOpen: boolean;
  session: Session;
  onRenewed: (session: Session) => void;
}) {
  return (
    <Dialog title="Your session has ended" isOpen={isOpen} onClose={() => {}} isInsistent>
      <Text>Sign in again to go on. What you typed on this page is still there.</Text>
      <SignInForm
        email={session.email ?? ''}
        way={session.signedInWith === 'password' ? 'password' : 'token'}
        onSignedIn={onRenewed}
      />
    </Dialog>
  );
}
