/** The rules of Seatkeeper, pure: the machines and what holds between them. The only path by which they are imported. */
export { type Decision, type Effect, guardNames } from './decision.js';
export { clientSessionSnapshot, decideClientSession } from './client-session/client-session.decide.js';
export { type ClientSessionEvent, clientSessionEvents } from './client-session/client-session.events.js';
export {
  clientSessionMachine,
  type ClientSessionState,
  clientSessionStates,
} from './client-session/client-session.machine.js';
export {
  type AnyMachineId,
  anyMachineIds,
  type DescribedMachine,
  describedMachines,
  type DescribedRefusal,
  type DescribedState,
  type DescribedTransition,
  isKept,
  type KeptMachine,
  keptMachines,
  type MachineId,
  machineIds,
  transitionId,
} from './describe.js';
export { type GuardName, guards, type Reason } from './reasons.js';
export { type StateTag, stateTags } from './tags.js';
export { decideDevice, deviceSnapshot } from './device/device.decide.js';
export { type DeviceEvent, deviceEvents } from './device/device.events.js';
export {
  type DeviceContext,
  deviceMachine,
  type DeviceState,
  deviceStates,
  isOverdue,
  newDevice,
} from './device/device.machine.js';
export { decideLicense, licenseSnapshot } from './license/license.decide.js';
export { type LicenseEvent, licenseEvents, type LicenseStatus, licenseStatuses } from './license/license.events.js';
export { hasEnded, licenseMachine } from './license/license.machine.js';
export {
  decideRemoteDeactivation,
  remoteDeactivationSnapshot,
} from './remote-deactivation/remote-deactivation.decide.js';
export {
  type RemoteDeactivationEvent,
  remoteDeactivationEvents,
  type RemoteDeactivationState,
  remoteDeactivationStates,
} from './remote-deactivation/remote-deactivation.events.js';
export { remoteDeactivationMachine } from './remote-deactivation/remote-deactivation.machine.js';
export { decideSupportTicket, supportTicketSnapshot } from './support-ticket/support-ticket.decide.js';
export {
  type SupportTicketEvent,
  supportTicketEvents,
  type TicketStatus,
  ticketStatuses,
  type TicketTopic,
  ticketTopics,
} from './support-ticket/support-ticket.events.js';
export { supportTicketMachine } from './support-ticket/support-ticket.machine.js';
export * from './system/index.js';
