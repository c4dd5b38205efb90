/** Plays the whole story on a server that has just begun: first it is set up, then days go by, up to the present. */
import { systemNow } from '../clock/clock.js';
import { customers, licenses, operator, type Organization, password, vendor } from './cast.js';
import { Client, type Credentials } from './client.js';
import { type Incident, incidents } from './incidents.js';
import { routineOf } from './routine.js';
import { Stage } from './stage.js';

/**
 * Plays it, over HTTP alone.
 *
 * @param url the server's address
 * @param operatorToken of its operator
 * @param begins where its test clock stands, in epoch milliseconds
 */
export async function play(url: string, operatorToken: string, begins: number): Promise<void> {
  const administrator = { authorization: `Bearer ${operatorToken}` };
  const stage = new Stage(new Client(url), administrator, begins);
  await addOrganization(stage, vendor);
  const organizationIds = new Map<string, string>();
  for (const customer of customers) organizationIds.set(customer.name, await addOrganization(stage, customer));
  await issueLicenses(stage, organizationIds, await stage.as(operator));
  for (const { day, happen } of story()) {
    await stage.moveToDay(day);
    await happen(stage);
  }
  await stage.moveTo(systemNow());
}

async function addOrganization(stage: Stage, { name, people }: Organization): Promise<string> {
  const { id } = await stage.client.must('POST', '/v1/organizations', stage.administrator, { name });
  for (const { email, role } of people) {
    const wish = { email, role, password };
    await stage.client.must('POST', `/v1/organizations/${String(id)}/members`, stage.administrator, wish);
  }
  return String(id);
}

async function issueLicenses(
  stage: Stage,
  organizationIds: ReadonlyMap<string, string>,
  issuer: Credentials,
): Promise<void> {
  for (const role of licenses) {
    const answer = await stage.client.must('POST', '/v1/licenses', issuer, {
      organizationId: organizationIds.get(role.owner),
      product: role.product,
      seats: role.seats,
      validUntil: stage.instantOf(role.validUntilDay),
      supportAndUpgradeUntil: stage.instantOf(role.supportUntilDay),
      remoteDeactivation: role.isOld ? 'disabled' : 'enabled',
    });
    const { license, key } = answer as { license: { id: string }; key: string };
    stage.addLicense(role, license.id, key);
  }
}

/** What devices do by themselves and what people do, in order of time. */
function story(): Incident[] {
  const routines = licenses
    .flatMap(({ devices }) => devices)
    .flatMap((device) =>
      routineOf(device).map(({ day, act }) => ({
        day,
        happen: (stage: Stage) => (act === 'connect' ? stage.connect(device.name) : stage.logOut(device.name)),
      })),
    );
  return [...routines, ...incidents()].sort((a, b) => a.day - b.day);
}
