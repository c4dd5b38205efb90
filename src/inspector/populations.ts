/** How many live in each state, counted when somebody looks, and kept for a while that grows with what counting has cost. */
import { setImmediate as letOthersThrough } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { describedMachines, type MachineId } from '../../machines/index.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { formatInstant } from '../clock/instant.js';
import { organizationSeenBy } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import { countPart, listLicenseIds, type Walk, walkOfAll, walkOfLicense } from './population.queries.js';
import type { Population } from './population.schemas.js';

const rowsPerPart = 1_000;
/** So many times as long as it took to count, a count is kept: however many look, counting takes a twentieth of the time at most. */
const keptFor = 20;
/** Below every UUID and every fingerprint. */
const beginning = '';

interface Kept {
  readonly population: Promise<Population>;
  /** Monotonic milliseconds; infinite while it is counted. */
  until: number;
}

@Injectable()
export class Populations {
  private readonly kept = new Map<string, Kept>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The population of a machine, of what the asker sees. */
  of(asker: TokenPrincipal, machine: MachineId): Promise<Population> {
    const organizationId = organizationSeenBy(asker);
    const key = `${machine} ${organizationId ?? ''}`;
    const begun = performance.now();
    for (const [other, { until }] of this.kept) if (until <= begun) this.kept.delete(other);
    const known = this.kept.get(key);
    if (known !== undefined) return known.population;
    const kept: Kept = { population: this.count(machine, organizationId), until: Number.POSITIVE_INFINITY };
    this.kept.set(key, kept);
    kept.population.then(
      () => (kept.until = begun + (performance.now() - begun) * (1 + keptFor)),
      () => this.kept.delete(key),
    );
    return kept.population;
  }

  private async count(machine: MachineId, organizationId: string | null): Promise<Population> {
    const now = await this.database.read((session) => this.clock.nowIn(session));
    const states = describedMachines.find(({ id }) => id === machine)?.states ?? [];
    const counts = new Map<string, number>(states.map(({ name }) => [name, 0]));
    for await (const walk of this.walks(machine, organizationId)) await this.follow(walk, now, counts);
    return {
      machine,
      at: formatInstant(now),
      states: [...counts].map(([name, count]) => ({ name, count })),
    };
  }

  /** One walk through everything, or one through each license of an organization. */
  private async *walks(machine: MachineId, organizationId: string | null): AsyncGenerator<Walk> {
    if (organizationId === null) {
      yield walkOfAll(machine);
      return;
    }
    let after: string | undefined = beginning;
    while (after !== undefined) {
      const from: string = after;
      const ids = await this.database.read((session) => listLicenseIds(session, organizationId, from, rowsPerPart));
      for (const id of ids) yield walkOfLicense(machine, id);
      after = ids.length < rowsPerPart ? undefined : ids.at(-1);
    }
  }

  private async follow(walk: Walk, now: number, counts: Map<string, number>): Promise<void> {
    for (let after: string | null = beginning; after !== null;) {
      const from: string = after;
      const part = await this.database.read((session) => countPart(session, walk, from, rowsPerPart, now));
      for (const [state, count] of part.counts) counts.set(state, (counts.get(state) ?? 0) + count);
      after = part.last;
      await letOthersThrough();
    }
  }
}
