/**
 * What a machine is made of, as data: for who asks what can happen in a state, and for charts. It is read from the machine itself,
 * so it says nothing that the machine does not do.
 */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { type Effect, effectOf, guardNames, type StateMeta } from './decision.js';
import { clientSessionEvents } from './client-session/client-session.events.js';
import { clientSessionMachine } from './client-session/client-session.machine.js';
import { deviceEvents } from './device/device.events.js';
import { deviceMachine } from './device/device.machine.js';
import { licenseEvents } from './license/license.events.js';
import { licenseMachine } from './license/license.machine.js';
import { type GuardName, guards, type Reason } from './reasons.js';
import { remoteDeactivationEvents } from './remote-deactivation/remote-deactivation.events.js';
import { remoteDeactivationMachine } from './remote-deactivation/remote-deactivation.machine.js';
import { supportTicketEvents } from './support-ticket/support-ticket.events.js';
import { supportTicketMachine } from './support-ticket/support-ticket.machine.js';
import type { StateTag } from './tags.js';

/** The machines whose lives the server keeps: each has a history. */
export const machineIds = ['device', 'remoteDeactivation', 'license', 'supportTicket'] as const;
export type MachineId = (typeof machineIds)[number];

/** All machines: those, and the one that client software lives by, of which the server sees the requests only. */
export const anyMachineIds = [...machineIds, 'clientSession'] as const;
export type AnyMachineId = (typeof anyMachineIds)[number];

export interface DescribedState {
  readonly name: string;
  readonly description: string;
  /** Whether nothing leads out of it. */
  readonly isFinal: boolean;
  /** What the machine says of the state besides. */
  readonly tags: readonly StateTag[];
  /** The reason that it gives for an event that it does not know. */
  readonly refusal: Reason;
}

export interface DescribedEvent {
  readonly name: string;
  readonly description: string;
}

export interface DescribedGuard {
  readonly name: GuardName;
  readonly description: string;
  /** The reason that is given where it is false. */
  readonly reason: Reason;
}

/** One way that an event can take in a state. Of several with the same event the first counts whose guards all hold. */
export interface DescribedTransition {
  /** Its name, as in the picture of the machine. */
  readonly id: string;
  readonly from: string;
  readonly event: string;
  /** Null where the state stays. */
  readonly to: string | null;
  readonly guards: readonly GuardName[];
  readonly effect: Effect;
  readonly description: string;
}

/** One way in which a machine says no. */
export interface DescribedRefusal {
  readonly state: string;
  readonly event: string;
  /** The guard that is false; null where the state does not know the event. */
  readonly guard: GuardName | null;
  readonly reason: Reason;
}

export interface DescribedMachine {
  readonly id: AnyMachineId;
  readonly description: string;
  readonly initial: string;
  readonly states: readonly DescribedState[];
  readonly events: readonly DescribedEvent[];
  /** Those that its transitions have. */
  readonly guards: readonly DescribedGuard[];
  readonly transitions: readonly DescribedTransition[];
  /** A guard that only chooses between two ways is in none of them, nor is a state that knows every event. */
  readonly refusals: readonly DescribedRefusal[];
}

/** A machine whose lives the server keeps. */
export type KeptMachine = DescribedMachine & { readonly id: MachineId };

/** Every machine, in the order of `anyMachineIds`. */
export const describedMachines: readonly DescribedMachine[] = [
  describe('device', deviceMachine, deviceEvents),
  describe('remoteDeactivation', remoteDeactivationMachine, remoteDeactivationEvents),
  describe('license', licenseMachine, licenseEvents),
  describe('supportTicket', supportTicketMachine, supportTicketEvents),
  describe('clientSession', clientSessionMachine, clientSessionEvents),
];

/** Those whose lives the server keeps, in the order of `machineIds`: their refusals are what it says no with. */
export const keptMachines: readonly KeptMachine[] = describedMachines.filter(isKept);

/** Whether the server keeps what lives by a machine: whether there are subjects of it. */
export function isKept(machine: DescribedMachine): machine is KeptMachine {
  return (machineIds as readonly string[]).includes(machine.id);
}

function describe(id: AnyMachineId, machine: AnyStateMachine, events: Record<string, string>): DescribedMachine {
  const nodes = Object.values(machine.states);
  const transitions = nodes.flatMap((node) =>
    [...node.transitions.values()].flatMap((ways: readonly AnyTransitionDefinition[]) =>
      ways.map((way, index) => describeTransition(node.key, index, way)),
    ),
  );
  const used = new Set(transitions.flatMap((transition) => transition.guards));
  return {
    id,
    description: machine.root.description ?? '',
    initial: machine.root.initial.target[0]?.key ?? '',
    states: nodes.map((node) => ({
      name: node.key,
      description: node.description ?? '',
      isFinal: node.type === 'final',
      tags: [...node.tags] as StateTag[],
      refusal: (node.meta as StateMeta).refusal,
    })),
    events: Object.entries(events).map(([name, description]) => ({ name, description })),
    guards: [...used].map((name) => ({ name, ...guards[name] })),
    transitions,
    refusals: nodes.flatMap((node) =>
      Object.keys(events).flatMap((event) =>
        refusalsIn(
          node.key,
          event,
          (node.meta as StateMeta).refusal,
          transitions.filter(({ from, event: own }) => from === node.key && own === event),
        ),
      ),
    ),
  };
}

/** The name of a transition: state, event, and where a state has several ways for an event, which of them, from 0. */
export function transitionId(state: string, event: string, index: number): string {
  return [state, event, ...(index === 0 ? [] : [index])].join('.');
}

/** @param reason that of the state @param ways what the event can do there */
function refusalsIn(
  state: string,
  event: string,
  reason: Reason,
  ways: readonly DescribedTransition[],
): DescribedRefusal[] {
  const [first] = ways;
  if (first === undefined) return [{ state, event, guard: null, reason }];
  // A way without a guard is always open.
  if (ways.some((way) => way.guards.length === 0)) return [];
  return first.guards.map((guard) => ({ state, event, guard, reason: guards[guard].reason }));
}

function describeTransition(from: string, index: number, transition: AnyTransitionDefinition): DescribedTransition {
  return {
    id: transitionId(from, transition.eventType, index),
    from,
    event: transition.eventType,
    to: transition.target?.[0]?.key ?? null,
    guards: guardNames(transition.guard),
    effect: effectOf(transition),
    description: transition.description ?? '',
  };
}
