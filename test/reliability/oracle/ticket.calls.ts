/** The calls about a support ticket, and those that need one. */
import { type Ticket } from '../../support/representations.js';
import { type Call, nothingToLearn, operator, pick, request } from './call.js';
import { forceDeactivate, forceEnable, isRepeatOnOpenTicket, type PersonKind } from './deactivation.js';
import { type LicenseStep } from './step.js';
import { keepTicket, moveTicket, openTicket } from './tickets.js';
import { known, type OracleLicense, type OracleTicket, settingState, stateOf, type World } from './world.js';

type TicketStep = Extract<LicenseStep, { kind: 'openTicket' | 'moveTicket' | 'forceDeactivate' | 'forceEnable' }>;

export function onTicket(step: TicketStep, license: OracleLicense, world: World): Call | null {
  const support = `Bearer ${world.support}`;
  if (step.kind === 'openTicket') {
    const owner = known(world.organizations[license.organization], 'organization').owner;
    const message = 'The laptop was stolen.';
    return {
      ...request('POST', '/v1/support-tickets', step.bySupport ? support : `Bearer ${owner}`, {
        licenseId: license.id,
        topic: step.topic,
        message,
      }),
      decide: (at) => openTicket(at, step.license, step.topic),
      learn: (at, answer) =>
        keepTicket(at, step.license, {
          id: (answer as Ticket).id,
          topic: step.topic,
          message,
          createdBy: step.bySupport ? 'support' : 'member',
        }),
    };
  }
  const ticket = pickTicket(world, step.license, step.ticket);
  if (ticket === undefined) return null;
  if (step.kind === 'moveTicket') {
    return {
      ...request('PATCH', `/v1/support-tickets/${ticket.id}`, support, { status: step.status }),
      decide: (at) => moveTicket(at, ticket.id, step.status),
      learn: nothingToLearn,
    };
  }
  const by: PersonKind = step.byOperator ? 'operator' : 'support';
  const auth = step.byOperator ? operator : support;
  if (step.kind === 'forceEnable') {
    if (isRepeatOnOpenTicket(world, ticket.id, settingState(license) === 'enabled')) return null;
    return {
      ...request(
        'POST',
        `/v1/licenses/${license.id}/remote-deactivation/forced`,
        auth,
        { ticketId: ticket.id },
        step.dryRun,
      ),
      decide: (at) => forceEnable(at, step.license, ticket.id, by),
      learn: nothingToLearn,
    };
  }
  const device = pick(license, step.device);
  if (device === null || isRepeatOnOpenTicket(world, ticket.id, stateOf(license, device) === 'remotelyDeactivated'))
    return null;
  const { fingerprint } = device;
  const reason = 'The owner cannot reach it';
  return {
    ...request(
      'POST',
      `/v1/devices/${device.id}/forced-deactivation`,
      auth,
      { ticketId: ticket.id, reason },
      step.dryRun,
    ),
    decide: (at) => forceDeactivate(at, step.license, fingerprint, ticket.id, by, reason),
    learn: nothingToLearn,
  };
}

/** The ticket that a step means, more often one about its license. */
function pickTicket(world: World, license: number, number: number): OracleTicket | undefined {
  const own = world.tickets.filter((ticket) => ticket.license === license);
  const tickets = [...own, ...own, ...own, ...world.tickets];
  return tickets[number % Math.max(tickets.length, 1)];
}
