/** The machines in words, in the order in which they are shown. */
import type { Machine, Population } from '../api/schema';

export const machineWords = {
  device: 'Device',
  remoteDeactivation: 'Remote deactivation',
  license: 'License',
  supportTicket: 'Support ticket',
  clientSession: 'Client session',
} as const satisfies Record<Machine['id'], string>;

export function isMachineId(word: string): word is Machine['id'] {
  return Object.hasOwn(machineWords, word);
}

/** Of the machines one whose lives the server keeps: it has subjects, a population, and refusals of the interface. */
export type KeptMachineId = Population['machine'];

export function isKept(id: Machine['id']): id is KeptMachineId {
  return id !== 'clientSession';
}
