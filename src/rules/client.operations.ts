/**
 * What the events of client software's session have to do with the operations of the interface: it sends a request, or takes the answer to
 * one. The session is not the server's, so that nothing here says what an operation does; by this the inspector and the API
 * documentation lead to each other.
 */
import type { ClientSessionEvent } from '../../machines/index.js';

/** How an event of the session is part of an operation: client software asks for it, or is answered. */
export type ClientPart = 'request' | 'answer';

interface Part {
  readonly as: ClientPart;
  /** Their operationIds. */
  readonly operations: readonly string[];
}

/** For each event its part; null for what silence, time or a restart of the software brings. */
export const operationsOfClient: Readonly<Record<ClientSessionEvent['type'], Part | null>> = {
  activate: { as: 'request', operations: ['activateDevice'] },
  logOut: { as: 'request', operations: ['logOut'] },
  confirm: { as: 'answer', operations: ['activateDevice', 'checkIn'] },
  refuse: { as: 'answer', operations: ['activateDevice'] },
  hold: { as: 'answer', operations: ['checkIn'] },
  end: { as: 'answer', operations: ['checkIn'] },
  deactivate: { as: 'answer', operations: ['checkIn'] },
  release: { as: 'answer', operations: ['logOut'] },
  missAnswer: null,
  expire: null,
  distrustClock: null,
  trustClock: null,
  restore: null,
};

/** An event of the session that is part of an operation. */
export interface ClientEvent {
  readonly event: string;
  readonly as: ClientPart;
}

/** The events of the session that are part of an operation, in the order of the machine. */
export function clientEventsOf(operationId: string): ClientEvent[] {
  return Object.entries(operationsOfClient).flatMap(([event, part]) =>
    part?.operations.includes(operationId) ? [{ event, as: part.as }] : [],
  );
}
