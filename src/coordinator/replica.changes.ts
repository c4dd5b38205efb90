/** Hears of changes that other replicas make, and passes the notices on. On a database of one process there is nothing to hear. */
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '../persistence/database.js';
import { Changes, noticesIn } from './changes.js';

@Injectable()
export class ReplicaChanges implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('ReplicaChanges');
  private stop: (() => Promise<void>) | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Changes) private readonly changes: Changes,
  ) {}

  onModuleInit(): void {
    this.stop = this.database.listen({
      heard: (text) => this.changes.tell(noticesIn(text)),
      connected: () => this.changes.tellOfGap(),
      lost: (sentence) => this.logger.warn(sentence),
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }
}
