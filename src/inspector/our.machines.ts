/** The machines themselves, by their names. */
import type { AnyStateMachine } from 'xstate';
import {
  deviceMachine,
  licenseMachine,
  type MachineId,
  remoteDeactivationMachine,
  supportTicketMachine,
} from '../../machines/index.js';

export const ourMachines: Readonly<Record<MachineId, AnyStateMachine>> = {
  device: deviceMachine,
  remoteDeactivation: remoteDeactivationMachine,
  license: licenseMachine,
  supportTicket: supportTicketMachine,
};
