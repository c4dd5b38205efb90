/** What can happen next, asked of the rules: each event is tried with facts that let it show what it does. */
import { describe, expect, it } from '@jest/globals';
import { prospectsOf, type Rows } from '../../../machines/index.js';
import { day, licenseRow, now, rowsOf } from './rows.js';

const renewal = (rows: Rows) => prospectsOf(rows, { machine: 'license' }, now).find(({ event }) => event === 'renew');

describe('a renewal', () => {
  it.each([
    ['without end', null],
    ['with an end', now + day],
  ])('changes a license %s, which stays active', (_words, validUntil) => {
    expect(renewal(rowsOf({ license: licenseRow({ validUntil }) }))).toMatchObject({
      outcome: 'changed',
      to: 'active',
    });
  });

  it('lets an expired license work again, and a revoked one not', () => {
    expect(renewal(rowsOf({ license: licenseRow({ status: 'expired', validUntil: now - day }) }))).toMatchObject({
      outcome: 'changed',
      to: 'active',
    });
    expect(renewal(rowsOf({ license: licenseRow({ status: 'revoked' }) }))).toMatchObject({
      outcome: 'refused',
      reason: 'eventNotAllowed',
    });
  });
});
