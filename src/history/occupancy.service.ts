/**
 * How full a license was over time, from its history alone. A long history is read in parts, and others are let through between
 * them, so that neither memory nor anybody's waiting grows with it.
 */
import { setImmediate as letOthersThrough } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { TokenPrincipal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { formatInstant } from '../clock/instant.js';
import { requireSeenLicense } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import { invalidRequest } from '../problems/problem.js';
import { HistorySettler } from './history.settler.js';
import { OccupancyPlot } from './occupancy.plot.js';
import { listMoves, type Move, presentOccupancy, seatsBefore } from './occupancy.queries.js';
import type { Occupancy, OccupancyQuery } from './occupancy.schemas.js';

const defaultLengthMillis = 90 * 24 * 60 * 60 * 1000;
const movesPerPart = 2_000;

@Injectable()
export class OccupancyService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HistorySettler) private readonly settler: HistorySettler,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The occupancy of a license. Throws `notFound`; `invalidRequest` where it would begin later than now. */
  async ofLicense(asker: TokenPrincipal, licenseId: string, query: OccupancyQuery): Promise<Occupancy> {
    await this.settler.settle((session) => requireSeenLicense(session, asker, licenseId));
    // The present and the newest rows have to be of one snapshot; older rows stay as they are.
    const { from, to, present, newest } = await this.database.read(async (session) => ({
      ...rangeOf(query, await this.clock.nowIn(session)),
      present: await presentOccupancy(session, licenseId),
      newest: await listMoves(session, licenseId, Number.MAX_SAFE_INTEGER, movesPerPart),
    }));
    const plot = new OccupancyPlot(from, to, query.points, present.activeDevices);
    let before = Number.MAX_SAFE_INTEGER;
    // How many seats there are after the row that moved them last; of those before it, the rows themselves have to tell.
    let seats: number | null | undefined = present.seats;
    for (let moves = newest; moves.length > 0; moves = await this.movesBefore(licenseId, before)) {
      const reached = moves.findIndex((move) => move.refusals === null && move.at <= from);
      for (const move of reached < 0 ? moves : moves.slice(0, reached)) {
        seats = undo(plot, move, seats);
        before = move.sequence;
      }
      if (reached >= 0) break;
    }
    const atFirst = seats === undefined ? await this.seatsBefore(licenseId, before) : seats;
    const { points, refused } = plot.finish(atFirst);
    return {
      from: formatInstant(from),
      to: formatInstant(to),
      points: points.map((point) => ({ ...point, at: formatInstant(point.at) })),
      refused: refused.map(({ at, count }) => ({ at: formatInstant(at), count })),
    };
  }

  private async movesBefore(licenseId: string, before: number): Promise<Move[]> {
    await letOthersThrough();
    return this.database.read((session) => listMoves(session, licenseId, before, movesPerPart));
  }

  private seatsBefore(licenseId: string, before: number): Promise<number | null> {
    return this.database.read((session) => seatsBefore(session, licenseId, before));
  }
}

/** Goes back over a row. @param seats those after it, where they are known otherwise. Gives those before it: nobody has told them yet */
function undo(plot: OccupancyPlot, move: Move, seats: number | null | undefined): number | null | undefined {
  if (move.refusals !== null) plot.refuse(move.at, move.refusals);
  else if (move.devices !== null) plot.undoDevices(move.at, move.devices);
  else {
    plot.undoSeats(move.at, seats ?? move.seats);
    return undefined;
  }
  return seats;
}

function rangeOf(query: OccupancyQuery, now: number): { from: number; to: number } {
  const to = Math.min(query.to ?? now, now);
  const from = query.from ?? Math.max(0, to - defaultLengthMillis);
  if (from > to) throw invalidRequest([{ path: 'from', message: 'must not be later than now' }]);
  return { from, to };
}
