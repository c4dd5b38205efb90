/** What a stream sends, for the description of the interface. */
import { z } from 'zod';

export const eventStreamSchema = z.string().meta({
  id: 'EventStream',
  description:
    'Server-Sent Events. `transition`: a row of the history (Transition), its `id` the sequence; with `Last-Event-ID` the missed rows ' +
    'come first, or one `reset` (`{sequence}`) where they are more than 1,000 or the id is not of this history. Without an id, on connecting ' +
    'and after changes, the present representations: `device` (Device), `license` (License), `remoteDeactivation` (RemoteDeactivation). ' +
    'A comment comes every 15 seconds.',
  examples: ['id: 7\nevent: transition\ndata: {"sequence":7,"event":"logOut"}\n\n'],
});

/** `Last-Event-ID`: the sequence of the last row that was heard; empty as if it were left out. */
export const lastEventId = z
  .string()
  .regex(/^\d{0,15}$/, 'must be the id of an event of this stream')
  .transform((value) => (value === '' ? null : Number(value)))
  .meta({ description: 'The id of the last event that was heard: what came after it is sent first', examples: ['7'] });
