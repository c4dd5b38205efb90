/** What one machine says by itself, with facts that somebody imagines: for the sandbox. What holds between machines is `decide`. */
import { clientSessionSnapshot, decideClientSession } from '../client-session/client-session.decide.js';
import type { ClientSessionEvent } from '../client-session/client-session.events.js';
import type { Decision } from '../decision.js';
import { decideDevice, deviceSnapshot } from '../device/device.decide.js';
import type { DeviceEvent } from '../device/device.events.js';
import type { DeviceContext } from '../device/device.machine.js';
import { decideLicense, licenseSnapshot } from '../license/license.decide.js';
import type { LicenseEvent } from '../license/license.events.js';
import type { LicenseContext } from '../license/license.machine.js';
import type { GuardName, Reason } from '../reasons.js';
import {
  decideRemoteDeactivation,
  remoteDeactivationSnapshot,
} from '../remote-deactivation/remote-deactivation.decide.js';
import type { RemoteDeactivationEvent } from '../remote-deactivation/remote-deactivation.events.js';
import { decideSupportTicket, supportTicketSnapshot } from '../support-ticket/support-ticket.decide.js';
import type { SupportTicketEvent } from '../support-ticket/support-ticket.events.js';

/** A machine in a state, and what is said to it. */
export type Imagined =
  | { machine: 'device'; state: string; context: DeviceContext; event: DeviceEvent }
  | { machine: 'remoteDeactivation'; state: string; context: { epoch: number }; event: RemoteDeactivationEvent }
  | { machine: 'license'; state: string; context: LicenseContext; event: LicenseEvent }
  | { machine: 'supportTicket'; state: string; context: object; event: SupportTicketEvent }
  | { machine: 'clientSession'; state: string; context: object; event: ClientSessionEvent };

/** What would become of it: the state and the context afterwards, or why not. */
export type Imagination = { state: string; context: object } & (
  | { outcome: 'changed' | 'connected' | 'unchanged'; reason: null; guard: null }
  | { outcome: 'refused'; reason: Reason; guard: GuardName | null }
);

/** Decides about one machine alone. Throws for a state that it does not have. */
export function decideAlone(imagined: Imagined): Imagination {
  const { state, context } = imagined;
  switch (imagined.machine) {
    case 'device':
      return afterwards(imagined, decideDevice(deviceSnapshot(state, imagined.context), imagined.event));
    case 'remoteDeactivation':
      return afterwards(
        imagined,
        decideRemoteDeactivation(remoteDeactivationSnapshot(state, imagined.context), imagined.event),
      );
    case 'license':
      return afterwards(imagined, decideLicense(licenseSnapshot(state, imagined.context), imagined.event));
    case 'supportTicket':
      return afterwards(imagined, decideSupportTicket(supportTicketSnapshot(state, context as never), imagined.event));
    case 'clientSession':
      return afterwards(imagined, decideClientSession(clientSessionSnapshot(state, context as never), imagined.event));
  }
}

function afterwards(
  { state, context }: Imagined,
  decision: Decision<{ value: unknown; context: object }>,
): Imagination {
  if (decision.outcome === 'refused') {
    const { outcome, reason, guard } = decision;
    return { state, context, outcome, reason, guard };
  }
  const { outcome, snapshot } = decision;
  return { state: String(snapshot.value), context: snapshot.context, outcome, reason: null, guard: null };
}
