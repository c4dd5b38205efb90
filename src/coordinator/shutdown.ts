/** The end of the server: after the last request was answered, what was taken is stored, and the database closed. */
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../persistence/database.js';
import { Coordinator } from './coordinator.js';

@Injectable()
export class Shutdown implements OnApplicationShutdown {
  constructor(
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.coordinator.close();
    await this.database.close();
  }
}
