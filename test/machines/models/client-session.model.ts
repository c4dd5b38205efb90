/** The session of client software as a model: asked for by a person, and by the software itself. */
import { type ClientSessionEvent, clientSessionMachine } from '../../../machines/index.js';
import { machineModel } from './machine.model.js';

export const clientSessionModelEvents: ClientSessionEvent[] = [
  { type: 'activate', byPerson: true },
  { type: 'activate', byPerson: false },
  { type: 'logOut' },
  { type: 'confirm' },
  { type: 'refuse' },
  { type: 'hold' },
  { type: 'end' },
  { type: 'deactivate' },
  { type: 'release' },
  { type: 'missAnswer' },
  { type: 'expire' },
  { type: 'distrustClock' },
  { type: 'trustClock' },
  { type: 'restore' },
];

export function clientSessionKey({ value }: { value: unknown }): string {
  return String(value);
}

export function clientSessionModel() {
  return machineModel(clientSessionMachine, {
    events: clientSessionModelEvents,
    serializeState: clientSessionKey,
  });
}
