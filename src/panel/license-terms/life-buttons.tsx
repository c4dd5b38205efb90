/** Suspending, reinstating, renewing and revoking a license: what its statechart knows in its state. Each asks. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { License, OperationId } from '../api/schema';
import { usePossibleEvents } from '../inspector/use-possible-events';
import { useSession } from '../session/use-session';
import { type LifeEvent, LifeDialog } from './life-dialog';

/** In the order in which they are shown. */
const buttons: readonly { event: LifeEvent; operation: OperationId; label: string }[] = [
  { event: 'reinstate', operation: 'reinstateLicense', label: 'Reinstate' },
  { event: 'renew', operation: 'renewLicense', label: 'Renew' },
  { event: 'suspend', operation: 'suspendLicense', label: 'Suspend' },
  { event: 'revoke', operation: 'revokeLicense', label: 'Revoke' },
];

export function LifeButtons({ license }: { license: License }) {
  const [asked, setAsked] = useState<LifeEvent | null>(null);
  const { use } = useSession().may;
  const possible = usePossibleEvents('license', license.status).map(({ event }) => event);
  const offered = buttons.filter(({ event, operation }) => possible.includes(event) && use.includes(operation));
  return (
    <>
      {offered.length === 0 ? null : (
        <Group gap="sm" mt="lg" pt="md" className="terms-life">
          {offered.map(({ event, label }) => (
            <Button
              key={event}
              variant={event === 'revoke' ? 'filled' : 'default'}
              color={event === 'revoke' ? 'danger' : undefined}
              onClick={() => setAsked(event)}
            >
              {label}
            </Button>
          ))}
        </Group>
      )}
      <LifeDialog license={license} event={asked} onClose={() => setAsked(null)} />
    </>
  );
}
