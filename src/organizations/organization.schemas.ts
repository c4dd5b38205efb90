/** What requests about organizations say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { listOf } from '../http/cursor.js';
import { text, uuid } from '../http/schema.js';

export const organizationSchema = z
  .strictObject({
    id: uuid,
    name: text(100).meta({ examples: ['Acme Surveying'] }),
  })
  .meta({ id: 'Organization', description: 'A customer of the vendor: owns licenses and has people' });

export const organizationListSchema = listOf(organizationSchema, 'OrganizationList');

export const newOrganizationSchema = z
  .strictObject({ name: text(100).meta({ examples: ['Acme Surveying'] }) })
  .meta({ id: 'NewOrganization', examples: [{ name: 'Acme Surveying' }] });

export type Organization = z.output<typeof organizationSchema>;
export type NewOrganization = z.output<typeof newOrganizationSchema>;
