/** Starts the server as the environment says, in the order in which something can be wrong: environment, database, keys, port. */
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { ensureOperatorToken } from './auth/operator.token.js';
import { type Clock, SystemClock, systemNow } from './clock/clock.js';
import { DatabaseClock } from './clock/database.clock.js';
import { ManualClock } from './clock/manual.clock.js';
import { type Configuration, parseConfiguration } from './config/configuration.js';
import { Coordinator } from './coordinator/coordinator.js';
import { createAdapter } from './http/adapter.js';
import { configureHttp } from './http/configure-http.js';
import { NestLog } from './http/nest.log.js';
import { describeInterface } from './openapi/interface.document.js';
import { setUpOpenApi } from './openapi/openapi.setup.js';
import { operationsByProblem } from './openapi/problem.operations.js';
import { setUpPanel } from './panel-host/panel.setup.js';
import type { Database } from './persistence/database.js';
import { awaitDatabase } from './persistence/open.database.js';
import { greet } from './greeting.js';

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/** What is different for a server that somebody else presents. */
export interface Staging {
  /** Where a new test clock begins, in epoch milliseconds; system time where left out. */
  readonly clockBegins?: number;
  /** Whether it says nothing of itself when it has started. */
  readonly isSilent?: boolean;
}

/** A server that listens. */
export interface RunningServer {
  /** The address under which clients reach it, without a slash at the end. */
  readonly url: string;
  /** Answers what it has taken, and ends the server; the process lives on. */
  stop(): Promise<void>;
}

/**
 * Resolves when the server listens; it then runs until SIGTERM or SIGINT, answers what it has taken, and ends.
 *
 * @throws ConfigurationError, DatabaseRefused, OperatorTokenRefused or SigningKeysRefused, whose messages are sentences for
 * the operator, or the system's error where the port cannot be had
 */
export async function serve(
  environment: Readonly<Record<string, string | undefined>>,
  { clockBegins, isSilent = false }: Staging = {},
): Promise<RunningServer> {
  const configuration = parseConfiguration(environment);
  const database = await awaitDatabase(configuration.database, (sentence) => process.stderr.write(`${sentence}\n`));
  try {
    const clock = await clockOf(configuration, database, clockBegins);
    // A clock that replicas share is asked once before anything is dated by it.
    await database.read((session) => clock.nowIn(session));
    const first = await ensureOperatorToken(database, configuration.operatorToken, clock.now(), systemNow());
    const app = await start(configuration, database, clock);
    if (!isSilent) process.stdout.write(greet(configuration, first));
    stopOnSignal(app);
    return { url: configuration.publicUrl, stop: () => app.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Ends in good order at the first signal, and exits with 0; at a second one the system's default ends it at once. */
function stopOnSignal(app: NestFastifyApplication): void {
  const stop = (): void => {
    for (const signal of stopSignals) process.removeListener(signal, stop);
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Seatkeeper did not end in good order: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of stopSignals) process.on(signal, stop);
}

async function start(configuration: Configuration, database: Database, clock: Clock): Promise<NestFastifyApplication> {
  const adapter = createAdapter(configuration);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(configuration, database, clock),
    adapter,
    { logger: new NestLog(adapter.getInstance().log), abortOnError: false },
  );
  const coordinator = app.get(Coordinator);
  await configureHttp(
    app,
    configuration,
    () => coordinator.isOverloaded,
    () => operationsByProblem(describeInterface(app, configuration)),
  );
  setUpOpenApi(app, configuration);
  setUpPanel(app);
  await app.init();
  await app.listen(configuration.port, configuration.host);
  const address = app.getHttpServer().address() as { port: number };
  configuration.listensOn(address.port);
  return app;
}

function clockOf(configuration: Configuration, database: Database, begins: number | undefined): Promise<Clock> | Clock {
  if (configuration.clock === 'manual') return ManualClock.load(database, begins);
  return database.hasRivals ? new DatabaseClock() : new SystemClock();
}
