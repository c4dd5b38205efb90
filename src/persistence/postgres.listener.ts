/**
 * Hears announcements (LISTEN) on a connection of its own, which must go to PostgreSQL directly: a pooler that lends connections for a
 * transaction lends no ears. A lost connection is made anew, less and less often; one that has died without a word is noticed because it
 * does not answer.
 */
import pg, { type Client } from 'pg';
import { announcementChannel, type Hearing } from './announcements.js';
import { messageOf } from './postgres.failure.js';
import { connectionOptions } from './postgres.pool.js';

const waitMillis = { first: 100, max: 5_000 };
const questionMillis = 3_000;
const answerMillisMax = 3_000;

export class PostgresListener {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wait = waitMillis.first;
  private isStopped = false;

  /** Begins at once. @param url a secret */
  constructor(
    private readonly url: string,
    private readonly hearing: Hearing,
  ) {
    void this.connect();
  }

  /** Hears nothing more, and closes the connection. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      ...connectionOptions(this.url),
      application_name: 'seatkeeper listener',
      query_timeout: answerMillisMax,
    });
    this.client = client;
    let isLost = false;
    const lose = (error?: unknown): void => {
      if (isLost) return;
      isLost = true;
      clearTimeout(this.timer);
      void client.end().catch(() => undefined);
      if (this.isStopped) return;
      this.hearing.lost(
        `announcements are not heard: ${error === undefined ? 'the connection has ended' : messageOf(error)}`,
      );
      this.timer = setTimeout(() => void this.connect(), this.wait);
      this.wait = Math.min(2 * this.wait, waitMillis.max);
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', ({ payload }) => this.hearing.heard(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${announcementChannel}`);
      if (this.isStopped) return;
      this.wait = waitMillis.first;
      this.hearing.connected();
      this.askNow(client, lose);
    } catch (error) {
      lose(error);
    }
  }

  /** Asks now and then whether the connection still lives. */
  private askNow(client: Client, lose: (error: unknown) => void): void {
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(() => {
        if (!this.isStopped && this.client === client) this.askNow(client, lose);
      }, lose);
    }, questionMillis).unref();
  }
}
