/** Whether the server can do its work now: it takes commands, its database can be read, and has every migration. It repairs nothing. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { migrations } from '../../migrations/index.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Database } from '../persistence/database.js';
import { ProblemError } from '../problems/problem.js';

const retryAfterSeconds = 2;

@Injectable()
export class Readiness {
  private readonly logger = new Logger('Readiness');

  constructor(
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Throws `overloaded`, with the reason, where the server cannot do its work now. */
  async require(): Promise<void> {
    const reason = await this.reasonAgainst();
    if (reason !== null) throw new ProblemError('overloaded', reason, {}, retryAfterSeconds);
  }

  private async reasonAgainst(): Promise<string | null> {
    if (!(await this.coordinator.isReady())) {
      return 'The server is shutting down, or its database cannot be written to.';
    }
    try {
      if (!(await this.isMigrated())) return 'The database lacks migrations.';
    } catch (error) {
      this.logger.warn(`the database cannot be read: ${String(error)}`);
      return 'The database cannot be read.';
    }
    return null;
  }

  private async isMigrated(): Promise<boolean> {
    const rows = await this.database.read((session) => session.all<{ name: string }>('SELECT name FROM migrations'));
    const applied = new Set(rows.map((row) => row.name));
    return migrations.every((migration) => applied.has(migration.name));
  }
}
