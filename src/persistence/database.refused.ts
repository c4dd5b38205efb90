/** A database that the server does not start on. */

/** The message is the sentence for the operator. */
export class DatabaseRefused extends Error {}
