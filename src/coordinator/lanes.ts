/**
 * The lanes of a server. Without rivals there is one, so that one transaction follows the other. With rivals there are a few,
 * so that a contested license does not hold up everybody: by hash of what a command addresses, for check-ins too, and one
 * for work of its own. Which lane it is matters for speed only; what keeps transactions apart are the locks.
 */
import { Lane, type Waiting } from './lane.js';
import { isLone, type Submission } from './submission.js';

const commandLanes = 4;
/** More than one, so that a batch is decided while another is written. */
const checkInLanes = 2;

export class Lanes<Item extends { readonly submission: Submission }> {
  private readonly lanes: readonly Lane<Item>[];

  /**
   * @param limit how many may wait, in all lanes together
   * @param hasRivals whether there are to be several
   * @param run as `Lane` wants it
   */
  constructor(
    private readonly limit: number,
    hasRivals: boolean,
    run: (items: readonly Item[]) => Promise<readonly Item[]>,
  ) {
    const count = hasRivals ? commandLanes + checkInLanes + 1 : 1;
    this.lanes = Array.from({ length: count }, () => new Lane(run));
  }

  /** How many wait. */
  get length(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.length, 0);
  }

  get isFull(): boolean {
    return this.length >= this.limit;
  }

  /** Puts something at the end of its lane. The caller has looked at `isFull`. */
  put(waiting: Waiting<Item>): void {
    this.laneFor(waiting).put(waiting);
  }

  /** Resolves when nothing waits and nothing runs. */
  async drained(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.drained()));
  }

  private laneFor(waiting: Waiting<Item>): Lane<Item> {
    const last = this.lanes.length - 1;
    let index = last;
    if (last > 0 && waiting.kind === 'item') {
      const { submission } = waiting.item;
      const hash = hashOf(submission.address.id);
      index = isLone(submission) ? commandLanes + (hash % checkInLanes) : hash % commandLanes;
    }
    const lane = this.lanes[index];
    if (lane === undefined) throw new Error('there is no such lane');
    return lane;
  }
}

/** Ids begin with their time, so their ends are what differs. */
function hashOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) % 1_000_003;
  return hash;
}
