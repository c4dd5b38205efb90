/** Imagines: what a machine would do in a state, with facts that somebody thinks of. Nothing is read, and nothing is stored. */
import type { z } from 'zod';
import {
  decideAlone,
  type DeviceContext,
  type DeviceEvent,
  type DeviceState,
  guards,
  type Imagined,
  type AnyMachineId,
  newDevice,
} from '../../machines/index.js';
import { formatInstant } from '../clock/instant.js';
import { parse } from '../http/schema.pipe.js';
import { problemKind } from '../problems/problem.js';
import { type Imagination, imaginedSchemas } from './sandbox.schemas.js';

/** P30D. */
const ordinaryPeriodMillis = 30 * 86_400_000;

/**
 * What the machine would do.
 *
 * @param now epoch milliseconds, for an event that does not say when it happens
 * @throws `invalidRequest` for a state, an event or a fact that the machine does not know
 */
export function imagine(machine: AnyMachineId, request: unknown, now: number): Imagination {
  const imagined = imaginedOf(machine, request, now);
  const { outcome, state: to, context, reason, guard } = decideAlone(imagined);
  return {
    machine,
    from: imagined.state,
    event: imagined.event.type,
    outcome,
    to,
    context: shownContext(context),
    reason,
    guard: guard === null ? null : { name: guard, description: guards[guard].description },
    // What client software says to itself is no problem document, so that it has no remedy either.
    remedy: reason === null || machine === 'clientSession' ? null : problemKind(reason).remedy,
  };
}

function imaginedOf(machine: AnyMachineId, request: unknown, now: number): Imagined {
  switch (machine) {
    case 'device': {
      const { state, context = {}, event } = parse(imaginedSchemas.device, request);
      const at = event.at ?? now;
      return { machine, state, context: { ...ordinary(state, at), ...context }, event: deviceEventOf(event, at) };
    }
    case 'remoteDeactivation': {
      const {
        state,
        context = { epoch: state === 'disabled' ? 0 : 1 },
        event,
      } = parse(imaginedSchemas.remoteDeactivation, request);
      return { machine, state, context, event: { ...event, at: event.at ?? now } };
    }
    case 'license': {
      const { state, context = { validUntil: null }, event } = parse(imaginedSchemas.license, request);
      return { machine, state, context, event: { ...event, at: event.at ?? now } };
    }
    case 'supportTicket': {
      const { state, context = {}, event } = parse(imaginedSchemas.supportTicket, request);
      return { machine, state, context, event: { ...event, at: event.at ?? now } };
    }
    case 'clientSession': {
      const { state, context = {}, event } = parse(imaginedSchemas.clientSession, request);
      return { machine, state, context, event };
    }
  }
}

type SaidToDevice = z.output<typeof imaginedSchemas.device>['event'];

function deviceEventOf(event: SaidToDevice, at: number): DeviceEvent {
  if (event.type !== 'activate' && event.type !== 'checkIn') return { ...event, at };
  const { checkInPeriod, ...facts } = event;
  return { ...facts, at, checkInPeriodMillis: checkInPeriod.millis };
}

/** A device as it is in most cases: an active one has just connected, under the setting's first epoch. */
function ordinary(state: DeviceState, at: number): DeviceContext {
  if (state !== 'active') return newDevice;
  const deactivationDate = at + ordinaryPeriodMillis;
  return { seat: 1, epoch: 1, activatedAt: at, lastSeenAt: at, deactivationDate, leaseExpiresAt: deactivationDate };
}

/** Of what machines remember, the instants. */
const instants: ReadonlySet<string> = new Set([
  'activatedAt',
  'lastSeenAt',
  'deactivationDate',
  'leaseExpiresAt',
  'validUntil',
]);

function shownContext(context: object): Imagination['context'] {
  return Object.fromEntries(
    Object.entries(context).map(([name, value]: [string, string | number | null]) => [
      name,
      instants.has(name) && typeof value === 'number' ? formatInstant(value) : value,
    ]),
  );
}
