/**
 * Opens streams: takes a place among them, reads the request, asks whether the asker sees what it names, and hands the answer over to
 * the hub. The place comes first, since 429 does in the order of refusals.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { heldCredential } from '../auth/held.credential.js';
import type { DevicePrincipal, TokenPrincipal } from '../auth/principal.js';
import { systemNow } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { DeviceService } from '../devices/device.service.js';
import { noQuery, uuid } from '../http/schema.js';
import { parse, parseHeader } from '../http/schema.pipe.js';
import { requireSeenLicense } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import { ProblemError } from '../problems/problem.js';
import { eventStreamType } from './event.block.js';
import { EventStream } from './event.stream.js';
import { StreamHub } from './stream.hub.js';
import { StreamLimits, streamsPerDevice } from './stream.limits.js';
import { StreamMetrics } from './stream.metrics.js';
import type { Scope } from './stream.queries.js';
import { lastEventId } from './stream.schemas.js';
import { Subscription } from './subscription.js';

type Listener = TokenPrincipal | DevicePrincipal;

const retryAfterSeconds = 2;

@Injectable()
export class StreamService {
  private readonly limits: StreamLimits;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Database) private readonly database: Database,
    @Inject(DeviceService) private readonly devices: DeviceService,
    @Inject(StreamHub) private readonly hub: StreamHub,
    @Inject(StreamMetrics) private readonly metrics: StreamMetrics,
  ) {
    this.limits = new StreamLimits(configuration.streamLimit);
  }

  /** Opens the stream of a device. Throws `tooManyRequests`, `overloaded`, `invalidRequest` or `notFound`. */
  ofDevice(asker: Listener, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.open(asker, request, reply, async (deviceId) => {
      const { licenseId } = await this.devices.read(asker, deviceId);
      return { licenseId, deviceId };
    });
  }

  /** Opens the stream of a license. Throws as `ofDevice` does. */
  ofLicense(asker: TokenPrincipal, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.open(asker, request, reply, async (licenseId) => {
      await this.database.read((session) => requireSeenLicense(session, asker, licenseId));
      return { licenseId, deviceId: null };
    });
  }

  private async open(
    asker: Listener,
    request: FastifyRequest,
    reply: FastifyReply,
    find: (id: string) => Promise<Scope>,
  ): Promise<void> {
    const release = this.takePlace(asker);
    try {
      const id = parse(uuid, (request.params as { id: string }).id, 'id');
      parse(noQuery, request.query);
      const lastSeen = parseHeader(lastEventId, 'Last-Event-ID', request.headers['last-event-id']) ?? null;
      const scope = await find(id);
      const stream = this.answer(request, reply);
      if (stream === null) return release();
      const audience = asker.kind === 'device' ? 'device' : 'people';
      const credential = heldCredential(asker, request);
      const checkAt = systemNow() + this.configuration.streamHeartbeatMillis;
      const subscription = new Subscription(scope, audience, credential, stream, checkAt);
      // It goes on by itself: the request has its answer.
      void this.hub.start(subscription, lastSeen, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  private takePlace(asker: Listener): () => void {
    if (this.hub.isShutDown) {
      throw new ProblemError('overloaded', 'The server is shutting down.', { outcome: 'none' }, retryAfterSeconds);
    }
    return asker.kind === 'device'
      ? this.limits.take(`device ${asker.deviceId}`, streamsPerDevice)
      : this.limits.take(`token ${asker.id}`, this.configuration.streamsPerToken);
  }

  /** Sends the head of the answer, and takes its body over from the framework; null where only the head was asked for. */
  private answer(request: FastifyRequest, reply: FastifyReply): EventStream | null {
    reply.hijack();
    const { raw } = reply;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.writeHead(200, { 'content-type': eventStreamType, 'x-accel-buffering': 'no' });
    if (request.method === 'HEAD') {
      raw.end();
      return null;
    }
    return new EventStream(raw, () => this.metrics.endedFor('slow'));
  }
}
