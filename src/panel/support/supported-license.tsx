/** The license that a ticket is about, with its setting, which support can enable without waiting for anybody. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { License, Ticket } from '../api/schema';
import { LicenseStatus, SettingTag, Validity } from '../licenses/license-words';
import { organizationNamesQuery } from '../licenses/licenses.queries';
import { SeatMeter } from '../licenses/meter';
import { usePossibleEvents } from '../inspector/use-possible-events';
import { useIsOfVendor, useMay } from '../session/use-session';
import { Facts } from '../shell/facts';
import { Section } from '../shell/section';
import { TextLink } from '../shell/text-link';
import { durationInWords } from '../time/words';
import { ForcedEnablingDialog } from './forced-enabling-dialog';

export function SupportedLicense({ ticket, license }: { ticket: Ticket; license: License }) {
  const isOfVendor = useIsOfVendor();
  const mayForce = useMay('forceRemoteDeactivation');
  const [isAsking, setAsking] = useState(false);
  const { data: organizations } = useQuery({ ...organizationNamesQuery, enabled: isOfVendor });
  const setting = license.remoteDeactivation;
  const isPossible = usePossibleEvents('remoteDeactivation', setting.state).some(
    ({ event }) => event === 'forceEnable',
  );
  return (
    <Section
      title="License"
      beside={
        mayForce && isPossible ? (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            Enable remote deactivation
          </Button>
        ) : null
      }
    >
      <Facts
        facts={[
          [
            'Product',
            <TextLink key="product" to="/licenses/$licenseId" params={{ licenseId: license.id }}>
              {license.product}
            </TextLink>,
          ],
          ...(isOfVendor ? [['Organization', organizations?.[license.organizationId] ?? '…'] as const] : []),
          ['Status', <LicenseStatus key="status" status={license.status} />],
          ['Seats in use', <SeatMeter key="seats" inUse={license.activeDevices} seats={license.seats} />],
          ['Valid until', <Validity key="validity" until={license.validUntil} />],
          [
            'Support & Upgrade until',
            <Validity key="support" until={license.supportAndUpgradeUntil} none="Not included" />,
          ],
          ['Remote deactivation', <SettingTag key="setting" remoteDeactivation={setting} />],
          ['A device has to connect within', durationInWords(license.checkInPeriod)],
        ]}
      />
      <ForcedEnablingDialog ticket={ticket} isOpen={isAsking} onClose={() => setAsking(false)} />
    </Section>
  );
}
