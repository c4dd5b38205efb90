/**
 * Leases: the keys, loaded before the server listens, the signer, and the public keys at `/.well-known/jwks.json`. Needs
 * `Database`, `Clock` and `Configuration` from modules that are global.
 */
import { Logger, Module } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { Database } from '../persistence/database.js';
import { JwksController } from './jwks.controller.js';
import { LeaseSigner } from './lease.signer.js';
import { SigningKeys } from './signing-keys.js';
import { SigningKeysWatch } from './signing-keys.watch.js';

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
      provide: LeaseSigner,
      inject: [SigningKeys, Configuration],
      useFactory: (keys: SigningKeys, configuration: Configuration) => new LeaseSigner(keys, configuration),
    },
    SigningKeysWatch,
  ],
  exports: [LeaseSigner, SigningKeys],
})
export class LeasesModule {}
