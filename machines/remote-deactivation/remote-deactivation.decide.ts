import { decideWith, snapshotWith } from '../decision.js';
import { remoteDeactivationMachine } from './remote-deactivation.machine.js';

/** What an event does to the setting (R5, R6, R7, R9). */
export const decideRemoteDeactivation = decideWith(remoteDeactivationMachine);

/** The snapshot of a stored setting. Throws for an unknown state. */
export const remoteDeactivationSnapshot = snapshotWith(remoteDeactivationMachine);
