/**
 * Lets the server end although a client does not read its answer: when the server is asked to end, requests on the way get their
 * time, and then what is left of the connections is cut. What was taken by then is stored all the same.
 */
import type { Server } from 'node:http';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

const millisMax = 5_000;

@Injectable()
export class SlowClients implements BeforeApplicationShutdown {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    setTimeout(() => server.closeAllConnections(), millisMax).unref();
  }
}
