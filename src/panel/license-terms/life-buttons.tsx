/** Suspending, reinstating, renewing and revoking a license. Each asks; whether it is possible the server says. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { License } from '../api/schema';
import { type LifeEvent, LifeDialog } from './life-dialog';

const offeredAt: Record<License['status'], readonly LifeEvent[]> = {
  active: ['renew', 'suspend', 'revoke'],
  suspended: ['reinstate', 'renew', 'revoke'],
  expired: ['renew', 'revoke'],
  revoked: [],
};

const labels: Record<LifeEvent, string> = {
  suspend: 'Suspend',
  reinstate: 'Reinstate',
  renew: 'Renew',
  revoke: 'Revoke',
};

export function LifeButtons({ license }: { license: License }) {
  const [asked, setAsked] = useState<LifeEvent | null>(null);
  return (
    <>
      {offeredAt[license.status].length === 0 ? null : (
        <Group gap="sm" mt="lg" pt="md" className="terms-life">
          {offeredAt[license.status].map((event) => (
            <Button
              key={event}
              variant={event === 'revoke' ? 'filled' : 'default'}
              color={event === 'revoke' ? 'danger' : undefined}
              onClick={() => setAsked(event)}
            >
              {labels[event]}
            </Button>
          ))}
        </Group>
      )}
      <LifeDialog license={license} event={asked} onClose={() => setAsked(null)} />
    </>
  );
}
