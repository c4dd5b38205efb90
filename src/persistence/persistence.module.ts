/** The database, for everybody. It is opened before Nest starts, so that what stops the start is known early. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Database } from './database.js';

@Global()
@Module({})
export class PersistenceModule {
  /** @param database open already; closed by the coordinator's shutdown */
  static with(database: Database): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [{ provide: Database, useValue: database }],
      exports: [Database],
    };
  }
}
