/** The license as a model: with a validity that ends, before and after its end, and without. */
import { type LicenseEvent, licenseMachine } from '../../../machines/index.js';
import { machineModel } from './machine.model.js';

/** The end of validity, whenever there is one. */
export const validUntil = 1_800_000_000_000;
/** A moment before the end. */
const early = validUntil - 1;
/** The first moment after it. */
const late = validUntil;

export const licenseModelEvents: LicenseEvent[] = [
  { type: 'suspend', at: early },
  { type: 'reinstate', at: early },
  { type: 'reinstate', at: late },
  { type: 'expire', at: early },
  { type: 'expire', at: late },
  { type: 'renew', at: early, validUntil },
  { type: 'renew', at: early, validUntil: null },
  { type: 'revoke', at: early },
];

/** Whether an event comes after the validity has ended. */
export function isLate({ at }: LicenseEvent): boolean {
  return at >= validUntil;
}

/** The status, and whether there is a validity that can end. */
export function licenseKey({ value, context }: { value: unknown; context: { validUntil: number | null } }): string {
  return `${String(value)}, ${context.validUntil === null ? 'without' : 'with an'} end`;
}

export function licenseModel() {
  return machineModel(licenseMachine, {
    events: licenseModelEvents,
    serializeState: licenseKey,
    input: { validUntil },
  });
}
