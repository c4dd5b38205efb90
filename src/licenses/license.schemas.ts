/** What requests about licenses say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { licenseStatuses, remoteDeactivationStates } from '../../machines/index.js';
import { deviceExample, deviceSchema } from '../devices/device.schemas.js';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { idOfOrganization } from '../http/id.schemas.js';
import { duration, instant, optional, pageQuery, repeated, search, text, uuid } from '../http/schema.js';
import { enabledExample, remoteDeactivationSchema } from '../remote-deactivation/remote-deactivation.schemas.js';

const time = z.string().meta({ format: 'date-time', examples: ['2027-11-24T09:30:00.000Z'] });
const seats = z
  .int()
  .min(1)
  .max(100_000)
  .meta({ examples: [5] });
const checkInPeriod = duration('PT1S', 'P366D', 'second');

const licenseExample = {
  id: story.licenseId,
  organizationId: story.organization.id,
  product: 'Mapper',
  keyHint: story.keyHint,
  status: 'active',
  seats: 2,
  activeDevices: 0,
  checkInPeriod: 'P30D',
  validUntil: null,
  supportAndUpgradeUntil: null,
  remoteDeactivation: enabledExample,
  version: 1,
};

const changed = { ...licenseExample, seats: 3, version: 2 };
const renewed = { ...changed, validUntil: '2027-11-24T00:00:00.000Z', version: 3 };
const replaced = { ...renewed, keyHint: story.newLicenseKey.slice(-6), version: 6 };

/** What becomes of the license when the story is over, one after the other. */
export const laterExamples = {
  changed,
  renewed,
  suspended: { ...renewed, status: 'suspended', version: 4 },
  reinstated: { ...renewed, version: 5 },
  replaced: { license: replaced, key: story.newLicenseKey },
  revoked: { ...replaced, status: 'revoked', version: 7 },
};

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
  .meta({
    id: 'License',
    description: 'The right to run a product on a number of seats at the same time',
    examples: [licenseExample],
  });

export const licenseListSchema = listOf(licenseSchema, 'LicenseList');

export const licensesQuery = pageQuery.extend({
  organizationId: idOfOrganization.optional().meta({ description: 'Licenses of this organization only' }),
  search: search.meta({ description: 'Licenses whose product has this in it, in either case', examples: ['mapper'] }),
  status: repeated(z.enum(licenseStatuses)).meta({
    description: 'Licenses in one of these states only',
    examples: [['active', 'suspended']],
  }),
  remoteDeactivation: repeated(z.enum(remoteDeactivationStates)).meta({
    description: 'Licenses whose setting is in one of these states only',
    examples: [['enabling']],
  }),
});

export const issuedLicenseSchema = z
  .strictObject({ license: licenseSchema, key: z.string().meta({ description: 'The license key, shown once' }) })
  .meta({
    id: 'IssuedLicense',
    description: 'A license at the moment its key is made',
    examples: [{ license: licenseExample, key: story.licenseKey }],
  });

export const seatSchema = z
  .strictObject({ number: z.int(), device: deviceSchema.nullable().meta({ description: 'Null: the seat is free' }) })
  .meta({
    id: 'Seat',
    description: 'One place on a license',
    examples: [{ number: 1, device: deviceExample }],
  });

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
  .meta({
    id: 'NewLicense',
    examples: [{ organizationId: story.organization.id, product: 'Mapper', seats: 2 }],
  });

export const licenseChangeSchema = z
  .strictObject({
    seats: optional(seats),
    checkInPeriod: optional(checkInPeriod),
    supportAndUpgradeUntil: instant.nullable().optional(),
  })
  .meta({ id: 'LicenseChange', examples: [{ seats: 3 }] });

export const renewalSchema = z.strictObject({ validUntil: instant.nullable() }).meta({
  id: 'Renewal',
  examples: [{ validUntil: '2027-11-24T00:00:00.000Z' }],
});

export type LicenseRepresentation = z.output<typeof licenseSchema>;
export type IssuedLicense = z.output<typeof issuedLicenseSchema>;
export type LicensesQuery = z.output<typeof licensesQuery>;
export type NewLicense = z.output<typeof newLicenseSchema>;
export type LicenseChange = z.output<typeof licenseChangeSchema>;
export type Seat = z.output<typeof seatSchema>;
