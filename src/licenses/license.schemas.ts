/** What requests about licenses say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { licenseStatuses, remoteDeactivationStates } from '../../machines/index.js';
import { deviceSchema } from '../devices/device.schemas.js';
import { listOf } from '../http/cursor.js';
import { duration, instant, optional, pageQuery, repeated, search, text, uuid } from '../http/schema.js';
import { remoteDeactivationSchema } from '../remote-deactivation/remote-deactivation.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2027-11-24T09:30:00.000Z'] });
const seats = z
  .int()
  .min(1)
  .max(100_000)
  .meta({ examples: [5] });
const checkInPeriod = duration('PT1S', 'P366D', 'second');

export const licenseSchema = z
  .strictObject({
    id: uuid,
    organizationId: uuid,
    product: z.string(),
    keyHint: z.string().meta({ description: 'The last characters of the license key' }),
    status: z.enum(licenseStatuses),
    seats,
    activeDevices: z.int().min(0),
    checkInPeriod: z.string().meta({ description: 'ISO 8601, as it was given', examples: ['P30D'] }),
    validUntil: time.nullable().meta({ description: 'Null: without end' }),
    supportAndUpgradeUntil: time.nullable().meta({ description: 'Null: without Support & Upgrade' }),
    remoteDeactivation: remoteDeactivationSchema,
    version: z.int(),
  })
  .meta({ id: 'License', description: 'The right to run a product on a number of seats at the same time' });

export const licenseListSchema = listOf(licenseSchema, 'LicenseList');

export const licensesQuery = pageQuery.extend({
  organizationId: uuid.optional().meta({ description: 'Licenses of this organization only' }),
  search: search.meta({ description: 'Licenses whose product has this in it, in either case' }),
  status: repeated(z.enum(licenseStatuses)).meta({ description: 'Licenses in one of these states only' }),
  remoteDeactivation: repeated(z.enum(remoteDeactivationStates)).meta({
    description: 'Licenses whose setting is in one of these states only',
  }),
});

export const issuedLicenseSchema = z
  .strictObject({ license: licenseSchema, key: z.string().meta({ description: 'The license key, shown once' }) })
  .meta({ id: 'IssuedLicense' });

export const seatSchema = z
  .strictObject({ number: z.int(), device: deviceSchema.nullable().meta({ description: 'Null: the seat is free' }) })
  .meta({ id: 'Seat' });

export const seatListSchema = listOf(seatSchema, 'SeatList');

export const newLicenseSchema = z
  .strictObject({
    organizationId: uuid,
    product: text(100).meta({ examples: ['Mapper'] }),
    seats,
    validUntil: instant.nullable().optional(),
    checkInPeriod: optional(checkInPeriod),
    supportAndUpgradeUntil: instant.nullable().optional(),
    remoteDeactivation: optional(z.enum(['enabled', 'disabled'])),
  })
  .meta({ id: 'NewLicense' });

export const licenseChangeSchema = z
  .strictObject({
    seats: optional(seats),
    checkInPeriod: optional(checkInPeriod),
    supportAndUpgradeUntil: instant.nullable().optional(),
  })
  .meta({ id: 'LicenseChange', examples: [{ seats: 7 }] });

export const renewalSchema = z.strictObject({ validUntil: instant.nullable() }).meta({ id: 'Renewal' });

export type LicenseRepresentation = z.output<typeof licenseSchema>;
export type IssuedLicense = z.output<typeof issuedLicenseSchema>;
export type LicensesQuery = z.output<typeof licensesQuery>;
export type NewLicense = z.output<typeof newLicenseSchema>;
export type LicenseChange = z.output<typeof licenseChangeSchema>;
export type Seat = z.output<typeof seatSchema>;
