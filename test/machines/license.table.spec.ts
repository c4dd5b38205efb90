/** The table of the license, cell by cell, from a copy written by hand. */
import {
  decideLicense,
  type LicenseEvent,
  licenseSnapshot,
  type LicenseStatus,
  licenseStatuses,
} from '../../machines/index.js';
import { type Saying, saying } from './cell.js';

const at = 1_800_000_000_000;
const day = 86_400_000;

interface Cell {
  when: string;
  /** The end of validity before; a day to come where left out. */
  validUntil?: number | null;
  event: LicenseEvent;
  says: Saying;
  /** The end of validity after; as before where left out. */
  then?: number | null;
}

const put = <Type extends 'suspend' | 'reinstate' | 'expire' | 'revoke'>(type: Type) => ({ type, at }) as const;
const renew = (validUntil: number | null) => ({ type: 'renew', at, validUntil }) as const;
const asked = (type: 'suspend' | 'revoke', says: Saying): Cell[] => [
  { when: 'asked', event: put(type), says },
  { when: 'asked after the validity has ended', validUntil: at, event: put(type), says },
];
const refused = (event: LicenseEvent): Cell[] => [
  { when: 'asked', event, says: '– eventNotAllowed' },
  { when: 'asked after the validity has ended', validUntil: at, event, says: '– eventNotAllowed' },
];
/** A renewal, which ends in `status`. */
const renewed = (status: LicenseStatus): Cell[] => [
  { when: 'given a later date', event: renew(at + 9 * day), says: `→ ${status}`, then: at + 9 * day },
  { when: 'given an earlier date', event: renew(at + 1), says: `→ ${status}`, then: at + 1 },
  { when: 'given no end', event: renew(null), says: `→ ${status}`, then: null },
  {
    when: 'given a date after having had none',
    validUntil: null,
    event: renew(at + day),
    says: `→ ${status}`,
    then: at + day,
  },
];

const table: Record<LicenseEvent['type'], Record<LicenseStatus, Cell[]>> = {
  suspend: {
    active: asked('suspend', '→ suspended'),
    suspended: asked('suspend', '='),
    expired: refused(put('suspend')),
    revoked: refused(put('suspend')),
  },
  reinstate: {
    active: [{ when: 'asked', event: put('reinstate'), says: '=' }],
    suspended: [
      { when: 'the validity lasts', event: put('reinstate'), says: '→ active' },
      { when: 'the validity lasts a millisecond more', validUntil: at + 1, event: put('reinstate'), says: '→ active' },
      { when: 'the validity ends now', validUntil: at, event: put('reinstate'), says: '→ expired' },
      { when: 'the validity ended long ago', validUntil: at - day, event: put('reinstate'), says: '→ expired' },
      { when: 'the validity has no end', validUntil: null, event: put('reinstate'), says: '→ active' },
    ],
    expired: refused(put('reinstate')),
    revoked: refused(put('reinstate')),
  },
  expire: {
    active: [
      {
        when: 'the validity lasts a millisecond more',
        validUntil: at + 1,
        event: put('expire'),
        says: '– eventNotAllowed [validityHasEnded]',
      },
      {
        when: 'the validity has no end',
        validUntil: null,
        event: put('expire'),
        says: '– eventNotAllowed [validityHasEnded]',
      },
      { when: 'the validity ends now', validUntil: at, event: put('expire'), says: '→ expired' },
      { when: 'the validity ended before', validUntil: at - 1, event: put('expire'), says: '→ expired' },
    ],
    suspended: refused(put('expire')),
    expired: [{ when: 'time passes', validUntil: at - 1, event: put('expire'), says: '=' }],
    revoked: refused(put('expire')),
  },
  renew: {
    active: renewed('active'),
    suspended: renewed('suspended'),
    expired: renewed('active'),
    revoked: refused(renew(at + day)),
  },
  revoke: {
    active: asked('revoke', '→ revoked'),
    suspended: asked('revoke', '→ revoked'),
    expired: asked('revoke', '→ revoked'),
    revoked: asked('revoke', '='),
  },
};

describe.each(Object.keys(table) as LicenseEvent['type'][])('%s', (event) => {
  describe.each([...licenseStatuses])('on a license that is %s', (status) => {
    it.each(table[event][status].map((cell) => [cell.says, cell.when, cell] as const))('says %s when %s', (...row) => {
      const { event: given, says, validUntil = at + day, then = validUntil } = row[2];
      const snapshot = licenseSnapshot(status, { validUntil });
      const decision = decideLicense(snapshot, given);
      expect(saying(decision)).toBe(says);
      const after = decision.outcome === 'refused' ? snapshot : decision.snapshot;
      expect(after.context).toEqual({ validUntil: then });
      if (decision.outcome === 'unchanged') expect(decision.snapshot).toBe(snapshot);
    });
  });
});

describe('a license', () => {
  it('is refused an event that no state declares', () => {
    const unheardOf = { type: 'sell', at } as unknown as LicenseEvent;
    for (const status of licenseStatuses) {
      expect(saying(decideLicense(licenseSnapshot(status, { validUntil: null }), unheardOf))).toBe('– eventNotAllowed');
    }
  });

  it('cannot be read from a row with a status that does not exist', () => {
    expect(() => licenseSnapshot('lost', { validUntil: null })).toThrow(/lost/);
  });
});
