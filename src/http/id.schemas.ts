/** The ids of things as they stand in addresses and queries: which thing it is, and an example of one. */
import type { z } from 'zod';
import * as story from './example.story.js';
import { uuid } from './schema.js';

export const idOfOrganization = uuid.meta({ description: 'The organization', examples: [story.organization.id] });
export const idOfMember = uuid.meta({ description: 'The member', examples: [story.olivia.memberId] });
export const idOfToken = uuid.meta({ description: 'The access token', examples: [story.olivia.tokenId] });
export const idOfLicense = uuid.meta({ description: 'The license', examples: [story.licenseId] });
export const idOfDevice = uuid.meta({ description: 'The device', examples: [story.workstation.id] });
export const idOfTicket = uuid.meta({ description: 'The ticket', examples: [story.ticketId] });

/** The device that a story about deactivation is about. */
export const idOfStolenDevice = idOfDevice.meta({ examples: [story.laptop.id] });

/** Describes the `id` in the path of a route that parses it by itself. */
export function pathId(schema: z.ZodType) {
  const { description = '', examples } = schema.meta() ?? {};
  const example = Array.isArray(examples) ? (examples[0] as unknown) : undefined;
  return { name: 'id', description, schema: { type: 'string', format: 'uuid', example } } as const;
}
