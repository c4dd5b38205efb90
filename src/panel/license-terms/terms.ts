/** The terms of a license as they are typed, and what of them is sent: only what was touched. */
import type { License } from '../api/schema';
import { durationOf, type Period } from '../time/period';

/** What was touched of the terms; a field that is not here follows the license. */
export interface TermsDraft {
  seats?: string;
  checkInPeriod?: Period;
  supportAndUpgradeUntil?: string | null;
}

/** A whole number; of a text that is none the text itself, for the server to refuse. */
export function wholeNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : (text as unknown as number);
}

export function changeOf({ seats, checkInPeriod, supportAndUpgradeUntil }: TermsDraft) {
  return {
    ...(seats === undefined ? {} : { seats: wholeNumber(seats) }),
    ...(checkInPeriod === undefined ? {} : { checkInPeriod: durationOf(checkInPeriod) }),
    ...(supportAndUpgradeUntil === undefined ? {} : { supportAndUpgradeUntil }),
  };
}

const namesOfFields = [
  ['seats', 'Seats'],
  ['checkInPeriod', 'Check-in period'],
  ['supportAndUpgradeUntil', 'Support & Upgrade until'],
  ['validUntil', 'Valid until'],
  ['status', 'Status'],
] as const;

export type ChangedField = (typeof namesOfFields)[number][0];

/** What differs between two versions of a license, by the names of the fields. */
export function differences(before: License, after: License): { field: ChangedField; name: string }[] {
  return namesOfFields.filter(([field]) => before[field] !== after[field]).map(([field, name]) => ({ field, name }));
}
