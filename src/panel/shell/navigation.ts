/** The pages of the navigation, and to whom each is offered. The server decides who may see what is on them. */
import { offers } from '../session/offers';
import type { Session } from '../api/schema';

const entries = [
  { to: '/licenses', label: 'Licenses', duty: null },
  { to: '/support', label: 'Support', duty: null },
  { to: '/organizations', label: 'Organizations', duty: 'lookAfterOrganizations' },
  { to: '/people', label: 'People', duty: 'lookAfterPeople' },
  { to: '/tokens', label: 'Tokens', duty: 'giveTokens' },
] as const;

export function navigationOf({ role }: Session) {
  return entries.filter(({ duty }) => duty === null || offers(role, duty));
}
