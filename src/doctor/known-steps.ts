/** Which steps the machines know: an event leads from a state to these. Read off the machines, so that no rule is written twice. */
import {
  birthEvents,
  deviceMachine,
  fieldEvents,
  licenseMachine,
  remoteDeactivationMachine,
  supportTicketMachine,
} from '../../machines/index.js';

/** The part of a machine that is read here. */
interface Chart {
  readonly states: Readonly<Record<string, { readonly on: Readonly<Record<string, readonly Way[]>> }>>;
}
interface Way {
  readonly target?: readonly { readonly key: string }[] | undefined;
}

const charts: Readonly<Record<string, Chart>> = {
  device: deviceMachine as unknown as Chart,
  license: licenseMachine as unknown as Chart,
  remoteDeactivation: remoteDeactivationMachine as unknown as Chart,
  supportTicket: supportTicketMachine as unknown as Chart,
};

const births: Readonly<Record<string, string>> = birthEvents;
const ofFields: Readonly<Record<string, readonly string[]>> = fieldEvents;

/** Whether the machine can make this step. `from` is null for the first row of a subject. */
export function isKnownStep(machine: string, event: string, from: string | null, to: string | null): boolean {
  if (from === null) return births[machine] === event;
  if (ofFields[machine]?.includes(event)) return from === to;
  const ways = charts[machine]?.states[from]?.on[event] ?? [];
  return ways.some(({ target }) => (target?.[0]?.key ?? from) === to);
}
