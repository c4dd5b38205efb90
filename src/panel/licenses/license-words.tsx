/** A license's status, validity and setting in words. */
import type { License } from '../api/schema';
import type { Tone } from '../shell/note';
import { Tag } from '../shell/tag';
import { Moment } from '../time/moment';

export const statusWords: Record<License['status'], readonly [words: string, tone: Tone]> = {
  active: ['Active', 'good'],
  suspended: ['Suspended', 'warn'],
  expired: ['Expired', 'bad'],
  revoked: ['Revoked', 'bad'],
};

export const settingWords: Record<License['remoteDeactivation']['state'], readonly [words: string, tone: Tone]> = {
  enabled: ['Enabled', 'good'],
  enabling: ['Enabling', 'warn'],
  disabled: ['Disabled', 'plain'],
};

export function LicenseStatus({ status }: Pick<License, 'status'>) {
  const [words, tone] = statusWords[status];
  return <Tag tone={tone}>{words}</Tag>;
}

export function SettingTag({
  remoteDeactivation: { state, blockingDeviceCount },
}: Pick<License, 'remoteDeactivation'>) {
  const [words, tone] = settingWords[state];
  return (
    <span className="setting">
      <Tag tone={tone}>{words}</Tag>
      {state === 'enabling' ? (
        <span className="soft">
          waits for {blockingDeviceCount} {blockingDeviceCount === 1 ? 'device' : 'devices'}
        </span>
      ) : null}
    </span>
  );
}

/** “Without end”, or the day on which it ends. */
export function Validity({ until, none = 'Without end' }: { until: string | null; none?: string }) {
  return until === null ? <>{none}</> : <Moment at={until} only="day" />;
}
