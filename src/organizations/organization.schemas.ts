/** What requests about organizations say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { pageQuery, search, text, uuid } from '../http/schema.js';

export const organizationSchema = z
  .strictObject({
    id: uuid,
    name: text(100).meta({ examples: ['Acme Surveying'] }),
  })
  .meta({
    id: 'Organization',
    description: 'A customer of the vendor: owns licenses and has people',
    examples: [story.organization],
  });

export const organizationListSchema = listOf(organizationSchema, 'OrganizationList');

export const organizationsQuery = pageQuery.extend({
  search: search.meta({ description: 'Organizations whose name has this in it, in either case', examples: ['acme'] }),
});

export const newOrganizationSchema = z
  .strictObject({ name: text(100).meta({ examples: ['Acme Surveying'] }) })
  .meta({ id: 'NewOrganization', examples: [{ name: story.organization.name }] });

export type Organization = z.output<typeof organizationSchema>;
export type OrganizationsQuery = z.output<typeof organizationsQuery>;
export type NewOrganization = z.output<typeof newOrganizationSchema>;
