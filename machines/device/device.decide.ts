import { askWith, decideWith, snapshotWith } from '../decision.js';
import { deviceMachine } from './device.machine.js';

/** What an event does to a device (R3 to R9). */
export const decideDevice = decideWith(deviceMachine);

/** Whether a device would accept an event: the decision without the next snapshot. */
export const askDevice = askWith(deviceMachine);

/** The snapshot of a stored device. Throws for an unknown state. */
export const deviceSnapshot = snapshotWith(deviceMachine);
