/** What a transaction fails with when its database cannot be reached, goes away in the midst of it, or lets it wait too long. */

/** Nothing of the transaction has happened, or nothing of it was to be written. */
export class DatabaseAway extends Error {
  readonly code: string = 'DATABASE_AWAY';
}

/** A read waited too long for what others hold: it can be asked again. */
export class DatabaseBusy extends Error {
  readonly code = 'DATABASE_BUSY';
}

/** The connection was lost while COMMIT was under way, and the transaction was found to be aborted: it can be tried again. */
export class CommitAborted extends Error {
  readonly code = 'COMMIT_ABORTED';
}

/** The connection was lost while COMMIT was under way, and whether it took place cannot be told. */
export class CommitUnknown extends DatabaseAway {
  override readonly code = 'COMMIT_UNKNOWN';
}
