/**
 * A random walk: does one step after the other at a real server and compares the answer, and then everything that can be read, with the oracle. The first
 * difference is thrown with the step and the answer.
 */
import { accepted, issueLicense, memberToken, newOrganization, openTicket } from '../../support/scene.js';
import { type TestServer } from '../../support/server.js';
import { checkAnswer } from './answer-check.js';
import { callOf } from './call-of.js';
import { durationMillis, instant, secondsDuration } from './duration.js';
import { HistoryCheck } from './history-check.js';
import { letTimePass } from './passing-time.js';
import { type Json } from './reply.js';
import { compareLicense, compareTickets } from './settled-check.js';
import { type Advance, type Step, type Terms } from './step.js';
import { keepTicket } from './tickets.js';
import { known, type OracleLicense, sitting, statusOf, type World } from './world.js';

/** The world of a walk, and how far its history was followed. */
export interface Walk {
  server: TestServer;
  world: World;
  histories: HistoryCheck[];
  /** Steps that had a subject. */
  taken: number;
}

/** Two new organizations: the last license is the second's, the others are the first's; each license has a ticket for forced actions. `support` is a support agent's token. */
export async function beginWalk(server: TestServer, support: string, terms: readonly Terms[]): Promise<Walk> {
  const organizations = [];
  for (const name of ['Acme Surveying', 'Borealis Mapping']) {
    const { id } = await newOrganization(server, name);
    organizations.push({ id, owner: (await memberToken(server, 'owner', id)).token });
  }
  const clock = accepted(await server.request<{ now: string }>('GET', '/v1/test-clock'));
  const world: World = { now: Date.parse(clock.now), organizations, support, licenses: [], tickets: [] };
  for (const [index, one] of terms.entries()) {
    world.licenses.push(await newLicense(server, world, index < terms.length - 1 ? 0 : 1, one));
  }
  for (const [index, license] of world.licenses.entries()) {
    const message = 'We cannot reach a device.';
    const { id } = await openTicket(server, license.id, { message });
    keepTicket(world, index, { id, topic: 'deviceDeactivation', message, createdBy: 'operator' });
  }
  const walk: Walk = { server, world, histories: terms.map(() => new HistoryCheck()), taken: 0 };
  await compareAll(walk);
  return walk;
}

/** Takes a step and compares; a step without a subject is passed over. */
export async function takeStep(walk: Walk, step: Step): Promise<void> {
  if (step.kind === 'advance') return advance(walk, step);
  const call = callOf(step, walk.world);
  if (call === null) return;
  walk.taken += 1;
  const world = call.dryRun ? structuredClone(walk.world) : walk.world;
  const rowsBefore = world.licenses.map((license) => license.rows.length);
  const reply = call.decide(world);
  const answer = await walk.server.request<Json>(call.method, call.path, call.options);
  await explained(
    `${JSON.stringify(step)}\n${call.method} ${call.path} answered ${answer.status} ${answer.text}`,
    async () => {
      checkAnswer(world, step.license, call, reply, answer, rowsBefore);
      const touched = walk.world.licenses.filter(
        (license, index) => index === step.license || license.rows.length !== rowsBefore[index],
      );
      for (const license of touched) await compareOne(walk, license);
    },
  );
}

/** Compares everything of every license, as at the beginning and the end. */
export async function compareAll(walk: Walk): Promise<void> {
  for (const license of walk.world.licenses) await compareOne(walk, license);
}

async function compareOne(walk: Walk, license: OracleLicense): Promise<void> {
  await compareLicense(walk.server, walk.world, license);
  const history = known(walk.histories[walk.world.licenses.indexOf(license)], 'history');
  await history.compare(walk.server, walk.world, license);
  await compareTickets(walk.server, walk.world, license);
}

async function advance(walk: Walk, step: Advance): Promise<void> {
  const until = momentOf(walk.world, step);
  if (until === null) return;
  walk.taken += 1;
  // The clock moves by no more than a check-in period may be long at once.
  while (walk.world.now < until) {
    const millis = Math.min(until - walk.world.now, durationMillis('P366D'));
    await walk.server.advance(secondsDuration(millis));
    letTimePass(walk.world, walk.world.now + millis);
  }
  await explained(`${JSON.stringify(step)} to ${instant(until)}`, () => compareAll(walk));
}

/** The moment to advance to; null where there is none to come. */
function momentOf(world: World, step: Advance): number | null {
  if (step.to === 'fixed') return world.now + step.fixedMillis;
  const moments = world.licenses
    .flatMap((license) =>
      step.to === 'deactivationDate'
        ? sitting(license).map((device) => device.due)
        : [statusOf(license, world.now) === 'expired' ? null : license.validUntil],
    )
    .filter((moment) => moment !== null && moment + step.offsetMillis > world.now)
    .map((moment) => known(moment, 'moment'))
    .sort((one, other) => one - other);
  const moment = moments[step.which % Math.max(moments.length, 1)];
  return moment === undefined ? null : moment + step.offsetMillis;
}

async function newLicense(
  server: TestServer,
  world: World,
  organization: number,
  terms: Terms,
): Promise<OracleLicense> {
  const validUntil = terms.validForMillis === null ? null : world.now + terms.validForMillis;
  const supportAndUpgradeUntil = terms.supported ? world.now + durationMillis('P2D') : null;
  const { license, key } = await issueLicense(server, {
    organizationId: known(world.organizations[organization], 'organization').id,
    product: 'Mapper Pro',
    seats: terms.seats,
    validUntil: instant(validUntil),
    checkInPeriod: terms.checkInPeriod,
    supportAndUpgradeUntil: instant(supportAndUpgradeUntil),
    remoteDeactivation: terms.remoteDeactivation,
  });
  const enabled = terms.remoteDeactivation === 'enabled';
  return {
    id: license.id,
    organization,
    product: 'Mapper Pro',
    keys: [key],
    keyHint: license.keyHint,
    suspended: false,
    revoked: false,
    validUntil,
    supportAndUpgradeUntil,
    checkInPeriod: terms.checkInPeriod,
    chairs: Array.from({ length: terms.seats }, () => null),
    moved: [],
    setting: { wanted: enabled, reached: enabled, joined: [] },
    devices: [],
    rows: [
      {
        machine: 'license',
        subject: 'license',
        event: 'issue',
        from: null,
        to: 'active',
        at: world.now,
        note: null,
        actor: ['operator'],
        ticketId: null,
      },
    ],
    refusals: [],
    version: 0,
    versionMove: 'grows',
  };
}

async function explained(what: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (difference) {
    throw new Error(`${what}\n${difference instanceof Error ? difference.message : String(difference)}`, {
      cause: difference,
    });
  }
}
