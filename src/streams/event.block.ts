/** The text of Server-Sent Events: blocks of fields, each ended by an empty line. It knows what goes over the wire, and not why. */

/** The media type of a stream. */
export const eventStreamType = 'text/event-stream';

/**
 * One event as a block.
 *
 * @param data becomes JSON, which has no line breaks
 * @param id what a client sends as `Last-Event-ID` when it comes back; none where the event is not to be counted
 */
export function eventBlock(name: string, data: unknown, id?: number): string {
  const counted = id === undefined ? '' : `id: ${id}\n`;
  return `${counted}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * The first block of a stream: a comment, after how many milliseconds a client may come back, and where the history stands, so that
 * one who loses the stream before its first counted event misses nothing either. Without data it is no event.
 */
export function openingBlock(retryMillis: number, id: number | null): string {
  return `: open\nretry: ${retryMillis}\n${id === null ? '' : `id: ${id}\n`}\n`;
}

/** Something to hear while nothing happens. */
export const commentBlock = ': here\n\n';
