import { decideWith, snapshotWith } from '../decision.js';
import { clientSessionMachine } from './client-session.machine.js';

/** What an event does to the session of client software. */
export const decideClientSession = decideWith(clientSessionMachine);

/** The snapshot of a session that was kept. Throws for an unknown state. */
export const clientSessionSnapshot = snapshotWith(clientSessionMachine);
