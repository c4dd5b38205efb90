/** Asks before enabling where it would have to wait: for which devices, and until when at the latest. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { RemoteDeactivation } from '../api/schema';
import { Actions } from '../shell/actions';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/problem-alert';
import { Countdown } from '../time/countdown';
import { Moment } from '../time/moment';
import { BlockingList } from './blocking-devices';

/** @param would what the server says that enabling would do; null: the dialog is closed */
export function EnableDialog({
  licenseId,
  would,
  error,
  isPending,
  onWait,
  onClose,
}: {
  licenseId: string;
  would: RemoteDeactivation | null;
  error: unknown;
  isPending: boolean;
  onWait: () => void;
  onClose: () => void;
}) {
  // What is shown stays while the dialog closes.
  const [shown, setShown] = useState(would);
  if (would !== null && would !== shown) setShown(would);
  return (
    <Dialog title="Enable remote device deactivation?" isOpen={would !== null} onClose={onClose}>
      {shown === null ? null : (
        <>
          <Text>
            {shown.blockingDeviceCount === 1
              ? 'One device is active'
              : `${shown.blockingDeviceCount} devices are active`}
            . Enabling waits until each of them has logged out or expired:
          </Text>
          <BlockingList
            licenseId={licenseId}
            devices={shown.blockingDevices}
            further={shown.blockingDeviceCount - shown.blockingDevices.length}
          />
          {shown.enabledAtLatest === null ? null : (
            <Text>
              If none of them connects again, it is enabled on <Moment at={shown.enabledAtLatest} /> at the latest (
              <Countdown until={shown.enabledAtLatest} after="left" />
              ). Each connection moves that date on.
            </Text>
          )}
          <ProblemAlert error={error} />
          <Actions>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={isPending} onClick={onWait} data-autofocus>
              Wait for these devices
            </Button>
          </Actions>
        </>
      )}
    </Dialog>
  );
}
