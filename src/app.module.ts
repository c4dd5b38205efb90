/** The server, put together. What has to be known before it starts (environment, database, clock) is handed in. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import type { Clock } from './clock/clock.js';
import { ClockModule } from './clock/clock.module.js';
import { TestClockModule } from './clock/test-clock.module.js';
import type { Configuration } from './config/configuration.js';
import { ConfigurationModule } from './config/configuration.module.js';
import { CoordinatorModule } from './coordinator/coordinator.module.js';
import { DevicesModule } from './devices/devices.module.js';
import { HistoryModule } from './history/history.module.js';
import { InspectorModule } from './inspector/inspector.module.js';
import { LeasesModule } from './leases/leases.module.js';
import { LicensesModule } from './licenses/licenses.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import type { Database } from './persistence/database.js';
import { PeopleModule } from './people/people.module.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { RemoteDeactivationModule } from './remote-deactivation/remote-deactivation.module.js';
import { StreamsModule } from './streams/streams.module.js';
import { SupportModule } from './support/support.module.js';

@Module({})
export class AppModule {
  static with(configuration: Configuration, database: Database, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigurationModule.with(configuration),
        PersistenceModule.with(database),
        ClockModule.with(clock),
        CoordinatorModule,
        AuthModule,
        LeasesModule,
        OrganizationsModule,
        PeopleModule,
        LicensesModule,
        DevicesModule,
        RemoteDeactivationModule,
        SupportModule,
        HistoryModule,
        StreamsModule,
        InspectorModule,
        TestClockModule,
        OperationsModule,
      ],
    };
  }
}
