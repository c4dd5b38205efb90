/** What requests about access tokens say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { optional, text, uuid } from '../http/schema.js';
import { roles } from './role.js';

const shownExample = {
  id: story.olivia.tokenId,
  role: 'owner',
  organizationId: story.organization.id,
  name: 'Olivia',
};

const shownFields = {
  id: uuid,
  role: z.enum(roles),
  organizationId: uuid.nullable().meta({ description: "The member's organization; null for operator and support" }),
  name: text(100).meta({ examples: ['Build server'] }),
};

/** An access token without its secret. */
export const accessTokenSchema = z.strictObject(shownFields).meta({
  id: 'AccessToken',
  description: 'An access token; the secret is shown once, when it is issued',
  examples: [shownExample],
});

export const accessTokenListSchema = listOf(accessTokenSchema, 'AccessTokenList');

/** An access token at the moment it is issued. */
export const issuedAccessTokenSchema = z
  .strictObject({
    ...shownFields,
    token: z.string().meta({ description: 'The secret, shown this once' }),
  })
  .meta({
    id: 'IssuedAccessToken',
    description: 'An access token at the moment it is issued',
    examples: [{ ...shownExample, token: story.olivia.token }],
  });

export const newAccessTokenSchema = z
  .strictObject({
    role: z.enum(roles),
    organizationId: optional(uuid).meta({ description: 'Needed for the roles of members, and only for them' }),
    name: text(100).meta({ examples: ['Build server'] }),
  })
  .meta({ id: 'NewAccessToken', examples: [{ role: 'owner', organizationId: story.organization.id, name: 'Olivia' }] });

export type AccessToken = z.output<typeof accessTokenSchema>;
export type IssuedAccessToken = z.output<typeof issuedAccessTokenSchema>;
export type NewAccessToken = z.output<typeof newAccessTokenSchema>;
