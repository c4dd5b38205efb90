/** What somebody else changed of a license while one typed, field by field, in words. */
import type { License } from '../api/schema';
import { statusWords } from '../licenses/license-words';
import { Note } from '../shell/note';
import { durationInWords, momentInWords } from '../time/words';
import { type ChangedField, differences } from './terms';

function inWords(license: License, field: ChangedField): string {
  switch (field) {
    case 'seats':
      return String(license.seats);
    case 'checkInPeriod':
      return durationInWords(license.checkInPeriod);
    case 'status':
      return statusWords[license.status][0];
    case 'validUntil':
      return license.validUntil === null ? 'without end' : momentInWords(license.validUntil);
    case 'supportAndUpgradeUntil':
      return license.supportAndUpgradeUntil === null ? 'not included' : momentInWords(license.supportAndUpgradeUntil);
  }
}

export function ChangedMeanwhile({ before, after }: { before: License; after: License }) {
  return (
    <Note tone="warn" role="alert" title="Somebody else changed this license in the meantime">
      <ul className="changes">
        {differences(before, after).map(({ field, name }) => (
          <li key={field}>
            {name}: {inWords(before, field)} → {inWords(after, field)}
          </li>
        ))}
      </ul>
      <p>Nothing of yours is saved yet, and what you typed is still here. Look at it, and save again.</p>
    </Note>
  );
}
