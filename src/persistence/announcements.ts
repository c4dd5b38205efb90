/** What processes on one database call out to each other. It says that something has happened, and never what. */

/** Who hears announcements. */
export interface Hearing {
  /** Something was announced, by this process or another. */
  heard(text: string): void;
  /** From now on everything is heard; what was announced before may have been missed. */
  connected(): void;
  /** The connection was lost, or could not be had: a sentence for the log. */
  lost(sentence: string): void;
}

/** The only channel. */
export const announcementChannel = 'seatkeeper_changes';

/** The longest text that PostgreSQL takes is shorter than 8,000 bytes. */
export const announcementBytesMax = 7_500;
