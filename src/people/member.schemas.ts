/** What requests about members say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { roles } from '../auth/role.js';
import { listOf } from '../http/cursor.js';
import * as story from '../http/example.story.js';
import { optional, uuid } from '../http/schema.js';
import { emailKey, emailSchema } from './email.js';
import { chosenPassword } from './password.policy.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

const invited = {
  id: story.olivia.memberId,
  organizationId: story.organization.id,
  email: story.olivia.email,
  role: 'owner',
  state: 'invited',
  createdAt: story.times.begins,
  lastSignedInAt: null,
};

const active = { ...invited, state: 'active', lastSignedInAt: story.times.begins };

const invitation = {
  url: `http://127.0.0.1:3000/invitation#${story.olivia.invitation}`,
  endsAt: '2026-12-01T08:14:03.900Z',
};

const shownFields = {
  id: uuid,
  organizationId: uuid,
  email: z.string().meta({ examples: ['olivia@acme.example'] }),
  role: z.enum(roles),
  state: z.enum(['invited', 'active']).meta({ description: 'Invited until there is a password' }),
  createdAt: time,
  lastSignedInAt: time.nullable(),
};

export const memberSchema = z.strictObject(shownFields).meta({
  id: 'Member',
  description: 'A person of an organization',
  examples: [active],
});

export const memberListSchema = listOf(memberSchema, 'MemberList');

export const invitationSchema = z
  .strictObject({
    url: z.string().meta({ description: 'Lets the person choose a password, once' }),
    endsAt: time,
  })
  .meta({ id: 'Invitation', description: 'A link that is shown this once', examples: [invitation] });

/** Olivia when she has become a manager. */
export const managerExample = { ...active, role: 'manager' };

/** A member at the moment they are made. */
export const newMemberSchema = z
  .strictObject({
    ...shownFields,
    invitation: invitationSchema.nullable().meta({ description: 'Null where a password was given' }),
  })
  .meta({
    id: 'NewMember',
    description: 'A person at the moment they are added',
    examples: [{ ...invited, invitation }],
  });

export const memberWishSchema = z
  .strictObject({
    email: emailSchema,
    role: z.enum(roles),
    password: optional(chosenPassword).meta({ description: 'Without one, an invitation is made' }),
  })
  .check((context) => {
    const { email, password } = context.value;
    if (password === undefined || emailKey(password) !== emailKey(email)) return;
    context.issues.push({
      code: 'custom',
      path: ['password'],
      message: 'must not be the e-mail address',
      input: '',
    });
  })
  .meta({ id: 'MemberWish', examples: [{ email: story.olivia.email, role: 'owner' }] });

export const roleChangeSchema = z
  .strictObject({ role: z.enum(roles) })
  .meta({ id: 'RoleChange', examples: [{ role: 'manager' }] });

export type Member = z.output<typeof memberSchema>;
export type NewMember = z.output<typeof newMemberSchema>;
export type Invitation = z.output<typeof invitationSchema>;
export type MemberWish = z.output<typeof memberWishSchema>;
