/**
 * Leases: the keys, loaded before the server listens, the signer, and the public keys at `/.well-known/jwks.json`. Needs
 * `Database`, `Clock` and `Configuration` from modules that are global.
 */
import { Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { Database } from '../persistence/database.js';
import { JwksController } from './jwks.controller.js';
import { LeaseSigner } from './lease.signer.js';
import { SigningKeys } from './signing-keys.js';
import { SigningThread } from './signing.thread.js';
import { SigningKeysWatch } from './signing-keys.watch.js';

const signingThread = Symbol('SigningThread');

@Module({
  controllers: [JwksController],
  providers: [
    {
      provide: SigningKeys,
      inject: [Database, Clock, Configuration],
      useFactory: (database: Database, clock: Clock, { secret }: Configuration) => {
        const logger = new Logger('Leases');
        return SigningKeys.load({ database, secret, now: clock.now(), notify: (sentence) => logger.warn(sentence) });
      },
    },
    {
      provide: signingThread,
      useFactory: () => SigningThread.start(),
    },
    {
      provide: LeaseSigner,
      inject: [SigningKeys, Configuration, signingThread],
      useFactory: (keys: SigningKeys, configuration: Configuration, thread: SigningThread | null) =>
        new LeaseSigner(keys, configuration, thread),
    },
    SigningKeysWatch,
  ],
  exports: [LeaseSigner, SigningKeys],
})
export class LeasesModule implements OnApplicationShutdown {
  constructor(@Inject(signingThread) private readonly thread: SigningThread | null) {}

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.close();
  }
}
