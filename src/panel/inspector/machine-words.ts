/** The machines in words, in the order in which they are shown. */
import type { Machine } from '../api/schema';

export const machineWords = {
  device: 'Device',
  remoteDeactivation: 'Remote deactivation',
  license: 'License',
  supportTicket: 'Support ticket',
} as const satisfies Record<Machine['id'], string>;

export function isMachineId(word: string): word is Machine['id'] {
  return Object.hasOwn(machineWords, word);
}
