/** What each role may do, in a few words. */
import type { Session } from '../api/schema';

type Role = Session['role'];

const roleWords: Record<Role, readonly [name: string, may: string]> = {
  owner: ['Owner', 'everything of the organization'],
  manager: ['Manager', 'devices, the setting, the license key, editors and readers'],
  editor: ['Editor', 'names devices and opens tickets'],
  reader: ['Reader', 'looks only'],
  support: ['Support', 'the vendor’s support desk'],
  operator: ['Operator', 'the vendor: everything'],
};

export function roleInWords(role: Role): string {
  return roleWords[role][0];
}

/** For a choice among roles. */
export function roleChoices(roles: readonly Role[]): { value: Role; label: string }[] {
  return roles.map((value) => ({ value, label: `${roleWords[value][0]}: ${roleWords[value][1]}` }));
}
