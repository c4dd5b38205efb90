import { decideWith, snapshotWith } from '../decision.js';
import { licenseMachine } from './license.machine.js';

/** What an event does to a license. */
export const decideLicense = decideWith(licenseMachine);

/** The snapshot of a stored license. Throws for an unknown status. */
export const licenseSnapshot = snapshotWith(licenseMachine);
