/** The machines themselves, by their names. */
import type { AnyStateMachine } from 'xstate';
import {
  clientSessionMachine,
  deviceMachine,
  licenseMachine,
  type AnyMachineId,
  remoteDeactivationMachine,
  supportTicketMachine,
} from '../../machines/index.js';

export const ourMachines: Readonly<Record<AnyMachineId, AnyStateMachine>> = {
  device: deviceMachine,
  remoteDeactivation: remoteDeactivationMachine,
  license: licenseMachine,
  supportTicket: supportTicketMachine,
  clientSession: clientSessionMachine,
};
