/** One license: its setting, its devices, its history. What others change appears by itself. */
import { Group, VisuallyHidden } from '@mantine/core';
import { useThrottledState } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNothing } from '../api/problem';
import type { License, Transition } from '../api/schema';
import { InspectLink } from '../inspector/inspect-link';
import { LicenseTerms } from '../license-terms/license-terms';
import { useLicenseStream } from '../live/use-license-stream';
import { LicenseStatus } from '../licenses/license-words';
import { Loading } from '../shell/loading';
import { NotFoundPage } from '../shell/not-found-page';
import { Page } from '../shell/page';
import { ProblemAlert } from '../shell/problem-alert';
import { ActiveDevices } from './active-devices';
import { History } from './history';
import { licenseQuery } from './license.queries';
import { LicenseFacts } from './license-facts';
import { OtherDevices } from './other-devices';
import { SeatsSection } from './seats-section';
import { sentenceOf, unnamedDevice } from './sentences';
import { SettingSection } from './setting-section';
import { useDeviceNames } from './use-device-names';
import { TextLink } from '../shell/text-link';

/** What is new is said so often at most. */
const newsEachMillis = 200;

export function LicensePage() {
  const { licenseId } = useParams({ from: '/signed-in/licenses/$licenseId' });
  const { data: license, error, refetch } = useQuery(licenseQuery(licenseId));
  return (
    <>
      <nav className="back" aria-label="Way back">
        <TextLink to="/licenses" size="sm">
          All licenses
        </TextLink>
      </nav>
      {license === undefined ? (
        error === null ? (
          <Page>
            <Loading what="The license is loaded" lines={6} />
          </Page>
        ) : isNothing(error) ? (
          <NotFoundPage />
        ) : (
          <Page title="License">
            <ProblemAlert error={error} onRetry={() => void refetch()} />
          </Page>
        )
      ) : (
        <OpenLicense key={license.id} license={license} />
      )}
    </>
  );
}

function OpenLicense({ license }: { license: License }) {
  const [row, setRow] = useThrottledState<Transition | null>(null, newsEachMillis);
  const subject = row?.machine === 'device' ? row.subjectId : null;
  const device = useDeviceNames(license.id, [subject])(subject);
  useLicenseStream(license.id, setRow);
  // Said once: when the name of the device is known, too.
  const news = row === null || (subject !== null && device === unnamedDevice) ? '' : sentenceOf(row, device);
  return (
    <Page
      title={license.product}
      beside={
        <Group gap="sm">
          <InspectLink machine="license" id={license.id} what="the license" />
          {license.status === 'active' ? null : <LicenseStatus status={license.status} />}
        </Group>
      }
    >
      <VisuallyHidden role="status">{news}</VisuallyHidden>
      <LicenseFacts license={license} />
      <LicenseTerms license={license} />
      <SettingSection license={license} />
      <ActiveDevices license={license} />
      <OtherDevices license={license} />
      <SeatsSection license={license} />
      <History license={license} />
    </Page>
  );
}
