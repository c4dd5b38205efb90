/**
 * Holds the answer to a command against the oracle's: status, code, what a refusal carries, the whole representation of a success, the lease, and what
 * a dry run says that it would write.
 */
import { ok } from 'node:assert';
import { createHash } from 'node:crypto';
import {
  type Device,
  type License,
  type RemoteDeactivation,
  type Ticket,
  type Transition,
} from '../../support/representations.js';
import { type Answer } from '../../support/server.js';
import { type Call } from './call.js';
import { expectedSetting } from './deactivation.js';
import { instant } from './duration.js';
import { type Json, type Reply, type Shown } from './reply.js';
import { checkDevice, checkLicense, checkTicket } from './settled-check.js';
import { deviceOf, known, type OracleDevice, type OracleLicense, type World } from './world.js';
import { same } from './same.js';

/** `rowsBefore` is how many rows each license of the world had before the decision. Learns ids and secrets on the way. */
export function checkAnswer(
  world: World,
  license: number,
  call: Call,
  reply: Reply,
  answer: Answer<Json>,
  rowsBefore: readonly number[],
): void {
  same([answer.status, answer.body?.code ?? null], [reply.status, reply.code ?? null], 'status and code');
  if (reply.shows === undefined) {
    checkCarried(reply, answer.body);
  } else {
    if (!call.dryRun) call.learn(world, answer.body);
    checkShown(world, reply.shows, call, answer.body);
  }
  if (call.dryRun) checkDryRun(world, license, rowsBefore, reply, answer.body);
  else same(answer.body?.dryRun ?? null, null, 'not a dry run');
}

function checkCarried(reply: Reply, body: Json): void {
  for (const [field, expected] of Object.entries(reply.carries ?? {})) same(body[field], expected, field);
  ok(body.remedy === null || typeof body.remedy === 'string', 'the remedy');
}

function checkShown(world: World, shown: Shown, call: Call, body: Json): void {
  if (shown.of === 'ticket') {
    const ticket =
      shown.subject === null ? world.tickets.at(-1) : world.tickets.find((one) => one.id === shown.subject);
    return checkTicket(world, known(ticket, 'ticket'), body as unknown as Ticket);
  }
  const license = known(world.licenses[shown.license], 'license');
  if (shown.of === 'setting') {
    const { state, blockingDevices, blockingDeviceCount, enabledAtLatest } = body as unknown as RemoteDeactivation;
    return same(
      { state, blockingDevices, blockingDeviceCount, enabledAtLatest },
      expectedSetting(license),
      'the setting',
    );
  }
  if (shown.of === 'license') {
    if (shown.withKey) same(typeof body.key, 'string', 'the key');
    return checkLicense(world, license, (shown.withKey ? body.license : body) as License);
  }
  const device = known(deviceOf(license, shown.fingerprint), 'device');
  checkDevice(license, device, (shown.bare ? body : body.device) as Device);
  if (!shown.lease) return;
  if (call.dryRun) same(body.lease, null, 'a dry run gives no lease');
  else checkLease(world, license, device, String(body.lease));
}

function checkLease(world: World, license: OracleLicense, device: OracleDevice, lease: string): void {
  const [header, payload] = lease.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  same((JSON.parse(known(header, 'header')) as Json).typ, 'seatkeeper-lease+jwt', 'typ of the lease');
  const { sub, lic, fpr, iat, exp } = JSON.parse(known(payload, 'payload')) as Json;
  same(
    { sub, lic, fpr, iat, exp },
    {
      sub: device.id,
      lic: license.id,
      fpr: createHash('sha256').update(device.fingerprint).digest('base64url'),
      iat: Math.floor(world.now / 1_000),
      exp: known(device.leaseEnd, 'lease end') / 1_000,
    },
    'the lease',
  );
}

function checkDryRun(world: World, at: number, rowsBefore: readonly number[], reply: Reply, body: Json): void {
  // Whether a refusal says that it was only asked for is left open.
  if (reply.shows === undefined) return;
  same(body.dryRun, true, 'dryRun');
  ok(Array.isArray(body.transitions), 'transitions of a dry run');
  if ('token' in body) same(body.token, null, 'a dry run gives no token');
  const rows = (body.transitions as Transition[]).map(({ machine, event, from, to, at: when }) => ({
    machine,
    event,
    from,
    to,
    at: when,
  }));
  const expected = known(world.licenses[at], 'license')
    .rows.slice(rowsBefore[at])
    .map(({ machine, event, from, to, at: when }) => ({ machine, event, from, to, at: instant(when) }));
  same(sorted(rows), sorted(expected), 'the rows that a dry run would write');
}

function sorted(rows: object[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
