/**
 * Thins what happened to a license into a plot. It is drawn from the present back, step by step, so that no more of the history has
 * to be read than is shown, and no more is kept than will be shown. It knows no database and no clock.
 */

/** How full a license is from `at` on. */
export interface OccupancyPoint {
  readonly at: number;
  readonly activeDevices: number;
  /** Null where nobody knows. */
  readonly seats: number | null;
}

/** Activations that were refused from `at` on. */
export interface RefusedActivations {
  readonly at: number;
  readonly count: number;
}

/** A time in which the number of seats was the same; how many is known once its beginning has been reached. */
interface Era {
  seats: number | null;
}

/** A point whose seats may not be known yet. */
interface Moment {
  readonly at: number;
  readonly activeDevices: number;
  readonly era: Era;
}

/** A span of time, of which the highest and the last moment are kept. */
interface Span {
  peak: Moment;
  readonly last: Moment;
}

/** A plot. Instants are epoch milliseconds; several steps of one instant are one, since what is true in between holds at no time. */
export class OccupancyPlot {
  private activeDevices: number;
  private era: Era = { seats: null };
  private earliest = Number.MAX_SAFE_INTEGER;
  /** Every moment from the last one back, as long as they all can be shown; null from then on. */
  private moments: Moment[] | null = [];
  private readonly spans: (Span | undefined)[] = [];
  private readonly spanCount: number;
  private everyRefusal: RefusedActivations[] | null = [];
  private readonly refusals: (RefusedActivations | undefined)[] = [];

  /**
   * @param from where the plot begins
   * @param to where it ends, at or after `from`
   * @param pointsMax how many points there may be, 2 or more; as many refusals may be beside them
   * @param presentDevices how many devices are active after the last step
   */
  constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly pointsMax: number,
    presentDevices: number,
  ) {
    this.activeDevices = presentDevices;
    this.spanCount = Math.max(1, Math.floor((pointsMax - 1) / 2));
  }

  /** Goes back over a step by which so many devices became active; fewer than 0: ceased to be. It holds later than the plot begins. */
  undoDevices(at: number, devices: number): void {
    this.reach(at);
    this.activeDevices -= devices;
  }

  /** Goes back over a step after which there were so many seats; null: nobody knows how many. It holds later than the plot begins. */
  undoSeats(at: number, seats: number | null): void {
    this.reach(at);
    this.era.seats = seats;
    this.era = { seats: null };
  }

  /** Marks refusals, in any order. Outside of the plot there are none. */
  refuse(at: number, count: number): void {
    if (at < this.from || at > this.to) return;
    const mark = { at, count };
    if (this.everyRefusal !== null && this.everyRefusal.push(mark) > this.pointsMax) this.everyRefusal = null;
    const index = this.indexOf(at, this.pointsMax);
    const same = this.refusals[index];
    this.refusals[index] = same === undefined ? mark : { at: Math.min(same.at, at), count: same.count + count };
  }

  /** What is to be shown, in order of time. @param seats how many there were where the plot begins; null: nobody knows */
  finish(seats: number | null): { points: OccupancyPoint[]; refused: RefusedActivations[] } {
    this.era.seats = seats;
    const first = { at: this.from, activeDevices: this.activeDevices, era: this.era };
    const moments =
      this.moments?.toReversed() ?? this.spans.flatMap((span) => (span === undefined ? [] : this.shownOf(span)));
    const refused = this.everyRefusal ?? this.refusals.filter((mark) => mark !== undefined);
    return {
      points: [first, ...moments].map(({ at, activeDevices, era }) => ({ at, activeDevices, seats: era.seats })),
      refused: refused.toSorted((a, b) => a.at - b.at),
    };
  }

  /** Keeps what was true from this instant on, if it is earlier than all before. A clock that was set back makes no loop. */
  private reach(at: number): void {
    if (at >= this.earliest) return;
    this.earliest = at;
    if (at <= this.from || at > this.to) return;
    const moment = { at, activeDevices: this.activeDevices, era: this.era };
    if (this.moments !== null && this.moments.push(moment) >= this.pointsMax) this.moments = null;
    const index = this.indexOf(at, this.spanCount);
    const span = this.spans[index];
    if (span === undefined) this.spans[index] = { peak: moment, last: moment };
    else if (moment.activeDevices >= span.peak.activeDevices) span.peak = moment;
  }

  private shownOf({ peak, last }: Span): Moment[] {
    // With two points only, the highest counts.
    return peak === last || this.pointsMax < 3 ? [peak] : [peak, last];
  }

  private indexOf(at: number, count: number): number {
    const length = Math.max(1, this.to - this.from);
    return Math.min(count - 1, Math.floor(((at - this.from) * count) / length));
  }
}
