/** What everybody in a simulation shares: the time, which moves by moments, and what was counted. */
import type { SeatClock } from '../client/node.js';
import { formatInstant } from '../clock/instant.js';
import type { Client, Credentials } from '../demo/client.js';
import { Tally } from './tally.js';
import { Rules } from './rules.js';

export const dayMillis = 24 * 60 * 60 * 1000;

/** The clock moves so often a day: often enough for lives, and seldom enough to be played fast. */
export const momentsPerDay = 12;
const momentMillis = dayMillis / momentsPerDay;

export class World {
  readonly tally = new Tally();
  readonly rules = new Rules();

  /**
   * @param seed what chance begins with
   * @param operator who moves the clock
   * @param begins where the test clock stands
   */
  private constructor(
    readonly seed: string,
    readonly client: Client,
    readonly serverUrl: string,
    readonly operator: Credentials,
    private readonly begins: number,
    private instant: number,
  ) {}

  /** Looks at the server's test clock, and begins at the next whole day. @throws where the server has no test clock */
  static async at(seed: string, client: Client, serverUrl: string, operator: Credentials): Promise<World> {
    const { now } = await client.must('GET', '/v1/test-clock', operator);
    const instant = Date.parse(String(now));
    const begins = Math.ceil(instant / dayMillis) * dayMillis;
    const world = new World(seed, client, serverUrl, operator, begins, instant);
    await world.moveTo(begins);
    return world;
  }

  /** By the server's clock, in milliseconds since 1970 UTC. */
  get now(): number {
    return this.instant;
  }

  /** The instant of a day from the beginning, as the contract writes it. */
  instantOf(day: number): string {
    return formatInstant(this.begins + Math.round(day * momentsPerDay) * momentMillis);
  }

  /** Moves the clock to a moment of a day. */
  moveToMoment(day: number, moment: number): Promise<void> {
    return this.moveTo(this.begins + day * dayMillis + moment * momentMillis);
  }

  /** The clock of a machine. @param behindMillis by how much it goes wrong, asked at each look */
  clockOf(behindMillis: () => number, random: () => number): SeatClock {
    return {
      now: () => this.instant - behindMillis(),
      // Only waiting for an answer is timed, and a request that hangs does so in real time.
      schedule: (millis, work) => {
        const timer = setTimeout(work, millis);
        timer.unref();
        return () => clearTimeout(timer);
      },
      random,
    };
  }

  private async moveTo(instant: number): Promise<void> {
    if (instant <= this.instant) return;
    const advance = `PT${(instant - this.instant) / 1000}S`;
    await this.client.must('POST', '/v1/test-clock', this.operator, { advance });
    this.instant = instant;
  }
}
