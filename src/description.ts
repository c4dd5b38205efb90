/**
 * The description of the interface without a server: the modules are put together as for one, but nothing of them is made (Nest's
 * preview), so neither a database nor a port nor the environment is asked, and the document is the same everywhere.
 */
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import { SystemClock } from './clock/clock.js';
import { parseConfiguration } from './config/configuration.js';
import { createAdapter } from './http/adapter.js';
import { describeInterface } from './openapi/interface.document.js';
import { Database } from './persistence/database.js';

/** The OpenAPI document of a server that is configured by nothing. */
export async function interfaceDescription(): Promise<OpenAPIObject> {
  const configuration = parseConfiguration({});
  const app = await NestFactory.create<NestFastifyApplication>(
    // A database that nobody can ask: nothing is there to ask it.
    AppModule.with(configuration, Object.create(Database.prototype) as Database, new SystemClock()),
    createAdapter(configuration),
    { logger: false, abortOnError: false, preview: true },
  );
  return describeInterface(app, configuration);
}
