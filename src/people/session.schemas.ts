/** What requests about signing in say and what they are answered: validation, types and description in one. */
import { z } from 'zod';
import { ticketStatuses } from '../../machines/index.js';
import { roles } from '../auth/role.js';
import { waysToSignIn } from '../auth/session.queries.js';
import * as story from '../http/example.story.js';
import { text, uuid } from '../http/schema.js';
import { chosenPassword, saidPassword } from './password.policy.js';

const time = z.string().meta({ format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] });

/** A secret as it was printed or stood in an address; any text that it could be. */
const secret = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters')
  .meta({ pattern: '^[!-~]{1,255}$' });

const sessionExample = {
  kind: 'member',
  id: story.olivia.memberId,
  name: story.olivia.email,
  email: story.olivia.email,
  role: 'owner',
  organization: story.organization,
  signedInWith: 'password',
  endsAt: '2026-12-24T08:14:03.900Z',
  now: story.times.begins,
  may: {
    use: [
      'addMember',
      'changeMember',
      'changePassword',
      'deactivateDevice',
      'decide',
      'dryRun',
      'endToken',
      'inspect',
      'inviteMember',
      'issueToken',
      'listDeviceTransitions',
      'listDevices',
      'listLicenseTransitions',
      'listLicenses',
      'listMembers',
      'listOrganizations',
      'listSeats',
      'listTicketTopics',
      'listTickets',
      'listTokens',
      'moveTicket',
      'openTicket',
      'readDevice',
      'readLicense',
      'readOccupancy',
      'readOrganization',
      'readPopulation',
      'readSession',
      'readTicket',
      'registerDevice',
      'removeMember',
      'renameDevice',
      'replaceLicenseKey',
      'setRemoteDeactivation',
      'signOutEverywhere',
      'streamDevice',
      'streamLicense',
    ],
    lookAfterPeople: ['owner', 'manager', 'editor', 'reader'],
    issueTokens: { ofOrganization: ['owner', 'manager', 'editor', 'reader'], ofVendor: [] },
    moveTickets: { ofOthers: [], ofOwn: ['closed'] },
  },
};

export const sessionSchema = z
  .strictObject({
    kind: z.enum(['operator', 'support', 'member']),
    id: uuid.meta({ description: 'Of the member, or of the access token' }),
    name: z.string().meta({ description: 'The e-mail address of the member, or the name of the access token' }),
    email: z.string().nullable().meta({ description: 'Null for who has signed in with an access token' }),
    role: z.enum(roles),
    organization: z
      .strictObject({ id: uuid, name: z.string() })
      .nullable()
      .meta({ description: 'Null for an access token of the vendor' }),
    signedInWith: z.enum(waysToSignIn),
    endsAt: time.meta({ description: 'When it ends at the latest; seven days without use end it, too' }),
    now: time.meta({ description: "The server's present time, by the test clock where there is one" }),
    may: z
      .strictObject({
        use: z.array(z.string()).meta({
          description: 'The ids of the operations that are for this role; what is open to everybody is not among them',
          examples: [['listLicenses', 'readLicense']],
        }),
        lookAfterPeople: z
          .array(z.enum(roles))
          .meta({ description: 'The roles that may be given to people, and whose people may be changed and removed' }),
        issueTokens: z
          .strictObject({
            ofOrganization: z.array(z.enum(roles)),
            ofVendor: z.array(z.enum(roles)),
          })
          .meta({ description: 'The roles whose access tokens may be issued and ended' }),
        moveTickets: z
          .strictObject({ ofOthers: z.array(z.enum(ticketStatuses)), ofOwn: z.array(z.enum(ticketStatuses)) })
          .meta({ description: 'The states to which tickets may be moved, if the ticket can' }),
      })
      .meta({ description: 'What the role allows; whether a thing can be done now is for the thing to say' }),
  })
  .meta({ id: 'Session', description: 'Who is signed in in this browser', examples: [sessionExample] });

export const signInSchema = z
  .union([
    z.strictObject({
      email: text(254).meta({ examples: ['olivia@acme.example'] }),
      password: saidPassword,
    }),
    z.strictObject({ token: secret.meta({ description: 'An access token', examples: [story.olivia.token] }) }),
    z.strictObject({
      link: secret.meta({
        description: 'The secret in the one-time link of an operator',
        examples: [story.olivia.invitation],
      }),
    }),
  ])
  .meta({ id: 'SignIn', examples: [{ email: story.olivia.email, password: story.olivia.password }] });

export const passwordChangeSchema = z.strictObject({ currentPassword: saidPassword, password: chosenPassword }).meta({
  id: 'PasswordChange',
  examples: [{ currentPassword: story.olivia.password, password: 'another horse battery' }],
});

export const invitationSecretSchema = z
  .strictObject({ secret })
  .meta({ id: 'InvitationSecret', examples: [{ secret: story.olivia.invitation }] });

export const invitationAcceptanceSchema = z.strictObject({ secret, password: chosenPassword }).meta({
  id: 'InvitationAcceptance',
  examples: [{ secret: story.olivia.invitation, password: story.olivia.password }],
});

export const invitedSchema = z
  .strictObject({ email: z.string(), organization: z.strictObject({ id: uuid, name: z.string() }) })
  .meta({
    id: 'Invited',
    description: 'Whom an invitation is for',
    examples: [{ email: story.olivia.email, organization: story.organization }],
  });

export type SessionView = z.output<typeof sessionSchema>;
export type SignIn = z.output<typeof signInSchema>;
export type PasswordChange = z.output<typeof passwordChangeSchema>;
export type InvitationAcceptance = z.output<typeof invitationAcceptanceSchema>;
export type Invited = z.output<typeof invitedSchema>;
