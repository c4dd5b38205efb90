/** The devices that enabling waits for, each with the time left until it expires by itself. */
import type { ReactNode } from 'react';
import type { RemoteDeactivation } from '../api/schema';
import { Countdown } from '../time/countdown';
import { Moment } from '../time/moment';
import { useDeviceNames } from './use-device-names';

/** @param children what stands below the list */
export function BlockingDevices({
  licenseId,
  setting,
  children,
}: {
  licenseId: string;
  setting: RemoteDeactivation;
  children?: ReactNode;
}) {
  const { blockingDevices, blockingDeviceCount, enabledAtLatest } = setting;
  const further = blockingDeviceCount - blockingDevices.length;
  return (
    <div className="blocking">
      <p className="blocking-title">
        {blockingDeviceCount === 1 ? 'One device is still missing' : `${blockingDeviceCount} devices are still missing`}
        {enabledAtLatest === null ? null : (
          <>
            , until <Moment at={enabledAtLatest} /> at the latest (<Countdown until={enabledAtLatest} after="left" />)
          </>
        )}
      </p>
      <BlockingList licenseId={licenseId} devices={blockingDevices} further={further} />
      {children}
    </div>
  );
}

export function BlockingList({
  licenseId,
  devices,
  further,
}: {
  licenseId: string;
  devices: RemoteDeactivation['blockingDevices'];
  further: number;
}) {
  const nameOf = useDeviceNames(
    licenseId,
    devices.map(({ id }) => id),
  );
  return (
    <ul className="blocking-list">
      {devices.map(({ id, name, deactivationDate }) => (
        <li key={id}>
          <strong>{name ?? nameOf(id)}</strong>{' '}
          <span className="soft">
            <Countdown until={deactivationDate} after="left" passed="expires now" />
          </span>
        </li>
      ))}
      {further > 0 ? <li>and {further === 1 ? 'one further device' : `${further} further devices`}</li> : null}
    </ul>
  );
}
