/**
 * The types of the API as the panel uses them. They are generated from the server's own description (`npm run build` writes
 * `dist/openapi.d.ts`); none is written by hand.
 */
import type { components, operations } from '../../../dist/openapi';

export type { paths } from '../../../dist/openapi';

type Schemas = components['schemas'];

/** The id of an operation. */
export type OperationId = keyof operations;

export type AccessToken = Schemas['AccessToken'];
export type Device = Schemas['Device'];
export type DryRun = Schemas['DryRun'];
export type DryRunWish = Schemas['DryRunWish'];
export type Imagination = Schemas['Imagination'];
export type Inspection = Schemas['Inspection'];
export type Invitation = Schemas['Invitation'];
export type License = Schemas['License'];
export type Machine = Schemas['Machine'];
export type MachineCoverage = Schemas['MachineCoverage'];
export type Member = Schemas['Member'];
export type Occupancy = Schemas['Occupancy'];
export type Organization = Schemas['Organization'];
export type Population = Schemas['Population'];
export type RemoteDeactivation = Schemas['RemoteDeactivation'];
export type Seat = Schemas['Seat'];
export type Session = Schemas['Session'];
export type TicketTopic = Schemas['TicketTopic'];
export type Ticket = Schemas['Ticket'];
export type Transition = Schemas['Transition'];

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
