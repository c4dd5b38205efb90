/** Looks again at the credentials of open streams. Where the database cannot be read, none counts as ended. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type HeldCredential, stillHolds } from '../auth/held.credential.js';
import { Database } from '../persistence/database.js';

/** So many share a read, so that other reads get their turn between. */
const perRead = 100;

@Injectable()
export class StreamCheck {
  private readonly logger = new Logger('StreamCheck');

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those of the credentials that do not stand for the same holder any more. Never rejects. */
  async endedAmong(credentials: readonly HeldCredential[]): Promise<ReadonlySet<HeldCredential>> {
    const ended = new Set<HeldCredential>();
    try {
      for (let start = 0; start < credentials.length; start += perRead) {
        const part = credentials.slice(start, start + perRead);
        await this.database.read(async (session) => {
          for (const credential of part) if (!(await stillHolds(session, credential))) ended.add(credential);
        });
      }
    } catch (error) {
      this.logger.warn(`credentials of streams could not be checked: ${String(error)}`);
    }
    return ended;
  }
}
