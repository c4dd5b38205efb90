/** Turns a step into a call. Null where there is nothing to do the step to, or where the contract leaves the answer open. */
import { type Call } from './call.js';
import { activation, byDevice } from './client.calls.js';
import { byPerson, byStranger } from './person.calls.js';
import { type LicenseStep } from './step.js';
import { onTicket } from './ticket.calls.js';
import { byVendor } from './vendor.calls.js';
import { known, type World } from './world.js';

export function callOf(step: LicenseStep, world: World): Call | null {
  const license = known(world.licenses[step.license], 'license');
  switch (step.kind) {
    case 'activate':
      return activation(step, license);
    case 'checkIn':
    case 'logOut':
    case 'readSelf':
      return byDevice(step, license);
    case 'register':
    case 'rename':
    case 'remotelyDeactivate':
    case 'setSetting':
      return byPerson(step, license, world);
    case 'openTicket':
    case 'moveTicket':
    case 'forceDeactivate':
    case 'forceEnable':
      return onTicket(step, license, world);
    case 'stranger':
      return byStranger(step, license, world);
    default:
      return byVendor(step, license, world);
  }
}
