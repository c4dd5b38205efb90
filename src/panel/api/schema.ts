/**
 * The types of the API as the panel uses them. They are generated from the server's own description (`npm run build` writes
 * `dist/openapi.d.ts`); none is written by hand but what is named pending.
 */
import type { components, paths as described } from '../../../dist/openapi';
import type { PendingPaths } from './pending';

export type paths = described & PendingPaths;
export type { Session } from './pending';

type Schemas = components['schemas'];

export type Device = Schemas['Device'];
export type License = Schemas['License'];
export type RemoteDeactivation = Schemas['RemoteDeactivation'];
export type Seat = Schemas['Seat'];
export type Ticket = Schemas['Ticket'];
export type Transition = Schemas['Transition'];

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
