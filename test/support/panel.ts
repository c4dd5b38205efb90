/**
 * A vendor with a customer, their people, and the panel as these see it: everything is made over HTTP, and people sign in by the
 * form, each in a browser of their own.
 */
import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Person, type Sight } from './browser.js';
import type { Organization, Role } from './representations.js';
import { accepted, newOrganization } from './scene.js';
import type { TestServer } from './server.js';

/** The password of everybody in the tests. */
export const passwordOfTheTests = 'correct horse battery staple';

/** Somebody who can sign in. */
export interface Member {
  id: string;
  email: string;
  role: Role;
}

/** The people of a vendor and of one customer. */
export interface PeopleScene {
  organization: Organization;
  owner: Member;
  manager: Member;
  editor: Member;
  reader: Member;
  support: Member;
  operator: Member;
}

/** Makes somebody of an organization. */
export async function newMember(
  server: TestServer,
  organizationId: string,
  role: Role,
  email = `${role}@${organizationId.slice(-12)}.example`,
): Promise<Member> {
  const { id } = accepted(
    await server.request<{ id: string }>('POST', `/v1/organizations/${organizationId}/members`, {
      body: { email, role, password: passwordOfTheTests },
    }),
  );
  return { id, email, role };
}

/** Makes one person for each role, those of the vendor in an organization of its own. */
export async function newPeople(server: TestServer, name = 'Acme Surveying'): Promise<PeopleScene> {
  const organization = await newOrganization(server, name);
  const vendor = await newOrganization(server, 'The vendor');
  const of = (role: Role): Promise<Member> =>
    newMember(server, role === 'support' || role === 'operator' ? vendor.id : organization.id, role);
  return {
    organization,
    owner: await of('owner'),
    manager: await of('manager'),
    editor: await of('editor'),
    reader: await of('reader'),
    support: await of('support'),
    operator: await of('operator'),
  };
}

/** Sits somebody down in front of the sign-in page, lets them sign in, and waits for the licenses. */
export async function signIn(
  browser: Browser,
  server: TestServer,
  member: { email: string },
  sight?: Sight,
): Promise<Person> {
  const person = await Person.sitDown(browser, server.url, sight);
  const { page } = person;
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(member.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(passwordOfTheTests);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Licenses' }).waitFor();
  return person;
}

/** Asserts that no page of these people asked another host for anything, broke the policy or had an error. */
export function expectNoTroubles(...people: Person[]): void {
  expect(people.flatMap(({ troubles }) => troubles)).toEqual([]);
}
