/** Sends what Nest and our own services log through the server's one logger; the routine of a start is left to `debug`. */
import type { LoggerService } from '@nestjs/common';

/** As much of a pino logger as is used here. */
interface Sink {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

export class NestLog implements LoggerService {
  constructor(private readonly sink: Sink) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(contextOf(rest), textOf(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(contextOf(rest), textOf(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(contextOf(rest), textOf(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.sink.warn(contextOf(rest), textOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.sink.error(contextOf(rest), textOf(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.sink.fatal(contextOf(rest), textOf(message));
  }
}

function contextOf(rest: readonly unknown[]): object {
  const context = rest.at(-1);
  return typeof context === 'string' ? { context } : {};
}

function textOf(message: unknown): string {
  return message instanceof Error ? (message.stack ?? message.message) : String(message);
}
