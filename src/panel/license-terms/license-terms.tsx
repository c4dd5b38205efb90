/** What operators alone change of a license: its terms, and its life. Nothing is drawn for others. */
import type { License } from '../api/schema';
import { useMay } from '../session/use-session';
import { Section } from '../shell/section';
import { LifeButtons } from './life-buttons';
import { TermsForm } from './terms-form';

export function LicenseTerms({ license }: { license: License }) {
  if (!useMay('changeLicense')) return null;
  return (
    <Section title="Terms">
      <TermsForm license={license} />
      <LifeButtons license={license} />
    </Section>
  );
}
