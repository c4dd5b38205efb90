/**
 * Brings what changes to those who listen. A notice only says where to look: rows are read from the database after the last one that was
 * sent, so nothing is missed and nothing comes twice, whatever becomes of the notices. Changes that come while one is read share the
 * next read.
 */
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, systemNow } from '../clock/clock.js';
import { Configuration } from '../config/configuration.js';
import { type ChangeNotice, Changes } from '../coordinator/changes.js';
import { Database } from '../persistence/database.js';
import { commentBlock, openingBlock } from './event.block.js';
import { DueWatch } from './due.watch.js';
import { StreamCheck } from './stream.check.js';
import { readDevices, readNews } from './license.news.js';
import { StreamMetrics } from './stream.metrics.js';
import { readOpening } from './stream.opening.js';
import { findSequences } from './stream.queries.js';
import type { Subscription } from './subscription.js';
import { WatchedLicense } from './watched.license.js';

const tickMillisMax = 250;
const devicesPerRead = 100;
const licensesPerRead = 100;
const retryMillis = { min: 1_000, max: 4_000 };

@Injectable()
export class StreamHub implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('StreamHub');
  private readonly watched = new Map<string, WatchedLicense>();
  private readonly open = new Set<Subscription>();
  private isClosed = false;
  /** Whether notices may have been lost, so that everything that is open has to be looked at. */
  private mayHaveMissed = false;
  private isLooking = false;
  private timer: NodeJS.Timeout | undefined;
  private unlisten: (() => void) | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Changes) private readonly changes: Changes,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(StreamMetrics) private readonly metrics: StreamMetrics,
    @Inject(StreamCheck) private readonly check: StreamCheck,
    @Inject(DueWatch) private readonly due: DueWatch,
  ) {}

  onModuleInit(): void {
    this.unlisten = this.changes.listen({
      heard: (notices) => this.heed(notices),
      missed: () => {
        this.mayHaveMissed = true;
        void this.lookAgain();
      },
    });
    const tickMillis = Math.min(tickMillisMax, this.configuration.streamHeartbeatMillis / 4);
    this.timer = setInterval(() => void this.tick(), tickMillis).unref();
  }

  /** Ends every stream in good order; who comes back finds another process, or is told to wait. */
  onModuleDestroy(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    this.unlisten?.();
    for (const { stream } of this.open) {
      this.metrics.endedFor('shutdown');
      stream.end();
    }
  }

  /** Whether no stream is taken any more. */
  get isShutDown(): boolean {
    return this.isClosed;
  }

  /** Asks of every license that is open how far its history has come, and reads what is new. A failure is tried again at the next tick. */
  private async lookAgain(): Promise<void> {
    if (this.isLooking || !this.mayHaveMissed) return;
    this.isLooking = true;
    this.mayHaveMissed = false;
    try {
      const ids = [...this.watched.keys()];
      for (let start = 0; start < ids.length; start += licensesPerRead) {
        const part = ids.slice(start, start + licensesPerRead);
        this.heed(await this.database.read((session) => findSequences(session, part)));
      }
    } catch (error) {
      this.mayHaveMissed = true;
      this.logger.warn(`what may have been missed could not be looked at: ${String(error)}`);
    } finally {
      this.isLooking = false;
    }
  }

  /**
   * Lets a subscription begin, and goes on with it until its stream has closed. Never rejects.
   *
   * @param lastSeen the sequence of the last row that its reader has; null where it has none
   * @param onClosed called once, when the stream has closed
   */
  async start(subscription: Subscription, lastSeen: number | null, onClosed: () => void): Promise<void> {
    const { stream, scope } = subscription;
    if (!stream.isOpen) return onClosed();
    const license = this.watched.get(scope.licenseId) ?? new WatchedLicense(scope.licenseId);
    this.watched.set(scope.licenseId, license);
    license.add(subscription);
    this.open.add(subscription);
    this.metrics.opened();
    stream.onClosed(() => {
      this.open.delete(subscription);
      license.remove(subscription);
      if (license.isEmpty && this.watched.get(license.id) === license) this.watched.delete(license.id);
      this.metrics.closed();
      onClosed();
    });
    if (this.isClosed) return stream.end();
    try {
      await this.begin(subscription, lastSeen);
      await this.catchUp(subscription, license);
    } catch (error) {
      this.logger.warn(`a stream could not begin: ${String(error)}`);
      stream.end();
    }
  }

  private async begin(subscription: Subscription, lastSeen: number | null): Promise<void> {
    const { stream } = subscription;
    const opening = await this.database.read(async (session) =>
      readOpening(session, subscription, lastSeen, await this.clock.nowIn(session)),
    );
    if (opening === null) return stream.end();
    const wait = Math.round(retryMillis.min + Math.random() * (retryMillis.max - retryMillis.min));
    stream.write(openingBlock(wait, lastSeen === null ? opening.sequence : null));
    for (const chunk of opening.chunks) {
      stream.write(chunk);
      await stream.taken();
    }
    subscription.sequence = opening.sequence;
  }

  /** Reads for one stream alone, until it has come as far as the others of its license. */
  private async catchUp(subscription: Subscription, license: WatchedLicense): Promise<void> {
    const { stream, scope } = subscription;
    const listeners = {
      license: scope.deviceId === null,
      devices: new Set(scope.deviceId === null ? [] : [scope.deviceId]),
    };
    while (stream.isOpen && !license.join(subscription)) {
      const news = await this.database.read(async (session) =>
        readNews(session, scope.licenseId, subscription.sequence, listeners, await this.clock.nowIn(session)),
      );
      if (news === null) return stream.end();
      news.writeTo(subscription);
      license.tellDevices(news.others);
      await stream.taken();
    }
    if (license.isStale || license.hasDevicesToTell) this.mark(license);
  }

  private heed(notices: readonly ChangeNotice[]): void {
    for (const { licenseId, sequence } of notices) {
      const license = this.watched.get(licenseId);
      if (license !== undefined && (!license.hasLive || sequence > license.sequence)) this.mark(license);
    }
  }

  private mark(license: WatchedLicense): void {
    license.isStale = true;
    if (license.isBeingRead || !license.hasLive) return;
    license.isBeingRead = true;
    setImmediate(() => void this.readAll(license));
  }

  private async readAll(license: WatchedLicense): Promise<void> {
    try {
      while ((license.isStale || license.hasDevicesToTell) && license.hasLive && !this.isClosed) {
        if (license.isStale) await this.readPart(license);
        else await this.tellDevices(license);
        // Between two reads the answers get their turn, so that only a reader that is slow has much unread.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      // The next tick tries again.
      license.isStale = true;
      this.logger.warn(`what is new could not be read: ${String(error)}`);
    } finally {
      license.isBeingRead = false;
    }
  }

  private async readPart(license: WatchedLicense): Promise<void> {
    license.isStale = false;
    const listeners = { license: license.ofLicense.size > 0, devices: license.ofDevices };
    const news = await this.database.read(async (session) =>
      readNews(session, license.id, license.sequence, listeners, await this.clock.nowIn(session)),
    );
    if (news === null) return;
    for (const subscription of license.live()) news.writeTo(subscription);
    license.sequence = Math.max(license.sequence, news.sequence);
    license.dueAt = -Infinity;
    license.tellDevices(news.others);
    if (news.isPart) license.isStale = true;
  }

  /** Tells a part of the devices that the setting's move concerns how they are now, so that nobody else waits for all of them. */
  private async tellDevices(license: WatchedLicense): Promise<void> {
    const part = license.takeDevicesToTell(devicesPerRead);
    try {
      const devices = await this.database.read(async (session) =>
        readDevices(session, license.id, part, await this.clock.nowIn(session)),
      );
      for (const [deviceId, shown] of devices) {
        for (const subscription of license.ofDevices.get(deviceId) ?? []) {
          if (subscription.isLive) subscription.write(subscription.news('device', shown));
        }
      }
    } catch (error) {
      license.tellDevices(part);
      throw error;
    }
  }

  /** Comments, with a look at the credentials; what is due; and what could not be read before. */
  private async tick(): Promise<void> {
    for (const license of this.watched.values()) if (license.isStale) this.mark(license);
    void this.lookAgain();
    void this.due.settleDue(this.watched.values());
    const now = systemNow();
    const due = [...this.open].filter(({ checkAt }) => checkAt <= now);
    for (const subscription of due) subscription.checkAt = now + this.configuration.streamHeartbeatMillis;
    if (due.length === 0) return;
    const ended = await this.check.endedAmong(due.map(({ credential }) => credential));
    for (const { credential, stream } of due) {
      if (!ended.has(credential)) stream.comment(commentBlock);
      else if (stream.isOpen) {
        this.metrics.endedFor('credential');
        stream.end();
      }
    }
  }
}
