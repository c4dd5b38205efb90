/** Where a device cannot be deactivated remotely: the reason and the remedy in the server's words, and the way to support. */

import { refusalWords } from 'virtual:refusal-words';
import type { Device } from '../api/schema';
import { useMay } from '../session/use-session';
import { TextLink } from '../shell/text-link';

export function NoDeactivation({ device }: { device: Device }) {
  const mayOpen = useMay('openTicket');
  const { reason, remedy } = device.remoteDeactivation;
  return (
    <div className="no-deactivation">
      <span>{refusalWords[reason ?? '']?.title ?? 'Not possible now'}.</span> <span className="soft">{remedy}</span>
      {mayOpen ? (
        <div>
          <TextLink to="/support/new" search={{ licenseId: device.licenseId, deviceId: device.id }} size="sm">
            Open a support ticket
          </TextLink>
        </div>
      ) : null}
    </div>
  );
}
