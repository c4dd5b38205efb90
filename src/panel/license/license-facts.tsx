/** What is agreed on for a license: with whom, validity, period, seats, key. */
import { useQuery } from '@tanstack/react-query';
import type { License } from '../api/schema';
import { LicenseStatus, Validity } from '../licenses/license-words';
import { organizationNamesQuery } from '../licenses/licenses.queries';
import { SeatMeter } from '../licenses/meter';
import { useMay } from '../session/use-session';
import { Facts } from '../shell/facts';
import { Section } from '../shell/section';
import { durationInWords } from '../time/words';
import { KeyDialog } from './key-dialog';

export function LicenseFacts({ license }: { license: License }) {
  const { data: names = {} } = useQuery(organizationNamesQuery);
  const mayReplace = useMay('replaceLicenseKey');
  return (
    <Section title="License" beside={mayReplace ? <KeyDialog licenseId={license.id} /> : null}>
      <Facts
        facts={[
          ['Organization', names[license.organizationId] ?? '…'],
          ['Seats in use', <SeatMeter key="seats" inUse={license.activeDevices} seats={license.seats} />],
          ['Status', <LicenseStatus key="status" status={license.status} />],
          ['Valid until', <Validity key="validity" until={license.validUntil} />],
          [
            'Support & Upgrade until',
            <Validity key="support" until={license.supportAndUpgradeUntil} none="Not included" />,
          ],
          ['A device has to connect within', durationInWords(license.checkInPeriod)],
          ['License key', <code key="key">…{license.keyHint}</code>],
        ]}
      />
    </Section>
  );
}
