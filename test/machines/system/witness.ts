/**
 * A witness follows the steps of a history and remembers what the rules speak of in their own words: who is active on
 * which seat, who was active when enabling was requested, who activated under the current enabling. It knows no epochs.
 */
import { type Rows, type Step } from '../../../machines/index.js';

export class Witness {
  private readonly seats = new Map<string, number>();
  /** Active devices that activated while the option was on or being turned on, since it was last turned on. */
  private readonly under = new Set<string>();
  /** Devices that were active when enabling was requested, and are since. */
  private readonly blocking = new Set<string>();
  /** What is wrong with the steps it saw. */
  readonly complaints: string[] = [];

  constructor(private setting: Rows['setting']['state']) {}

  copy(): Witness {
    const twin = new Witness(this.setting);
    for (const [id, seat] of this.seats) twin.seats.set(id, seat);
    for (const id of this.under) twin.under.add(id);
    for (const id of this.blocking) twin.blocking.add(id);
    return twin;
  }

  /** Follows the steps; `seatsOfLicense` is how many there are when a seat is taken. */
  follow(steps: readonly Step[], seatsOfLicense: number): this {
    for (const step of steps) {
      if (step.outcome === 'refused') continue;
      if (step.machine === 'device') this.followDevice(step, seatsOfLicense);
      if (step.machine === 'remoteDeactivation') this.followSetting(step);
    }
    return this;
  }

  isActive(id: string): boolean {
    return this.seats.has(id);
  }

  /** R7: an active device, on a license whose setting is enabled, that activated under the current enabling. */
  mayBeDeactivatedRemotely(id: string): boolean {
    return this.setting === 'enabled' && this.under.has(id);
  }

  /** How the rows differ from what was witnessed; R1, R3, R6 and R7 as they must hold in every state. */
  differencesTo(rows: Rows): string[] {
    const wrong = [...this.complaints];
    const { seats } = rows.license;
    const taken = new Set<number>();
    for (const device of rows.devices.values()) {
      const { id, state, seat, deactivationDate, epoch } = device;
      const isActive = state === 'active';
      if (isActive !== (seat !== null)) wrong.push(`R3: ${id} is ${state} on seat ${seat}`);
      if (isActive !== (deactivationDate !== null)) wrong.push(`R4: ${id} is ${state} until ${deactivationDate}`);
      if (isActive !== this.seats.has(id)) wrong.push(`R11: ${id} is ${state}, and the history says otherwise`);
      if (seat === null) continue;
      if (seat < 1 || seat > seats) wrong.push(`R1: ${id} is on seat ${seat} of ${seats}`);
      if (taken.has(seat)) wrong.push(`R1: seat ${seat} is taken twice`);
      if (seat !== this.seats.get(id)) wrong.push(`R11: ${id} is on ${seat}, the history says ${this.seats.get(id)}`);
      taken.add(seat);
      const isCurrent = epoch === rows.setting.epoch;
      if (this.setting !== 'disabled' && isCurrent !== this.under.has(id)) wrong.push(`R7: ${id} has epoch ${epoch}`);
      if (this.setting === 'enabling' && isCurrent === this.blocking.has(id)) wrong.push(`R6: ${id} blocks or not`);
    }
    if (taken.size > seats) wrong.push(`R1: ${taken.size} active devices on ${seats} seats`);
    const free = Array.from({ length: seats }, (_, index) => index + 1).filter((seat) => !taken.has(seat));
    if (free.join() !== rows.freeSeats.join()) wrong.push(`R1: free are ${free.join()}, not ${rows.freeSeats.join()}`);
    if (rows.setting.state !== this.setting) wrong.push(`R11: the setting is ${rows.setting.state}`);
    if (this.setting === 'enabling' && this.blocking.size === 0) wrong.push('R6: enabling, and nothing blocks');
    return wrong;
  }

  private followDevice({ subjectId, from, to, seat, event }: Step, seatsOfLicense: number): void {
    if (subjectId === null) return;
    if (to !== 'active') {
      this.seats.delete(subjectId);
      this.under.delete(subjectId);
      this.blocking.delete(subjectId);
      return;
    }
    const isArrival = from !== 'active';
    if (seat === null || (!isArrival && event !== 'reseat')) return;
    const taken = new Set(this.seats.values());
    for (let lower = 1; lower < seat; lower += 1) {
      if (!taken.has(lower)) this.complaints.push(`R1: ${subjectId} takes ${seat} while ${lower} is free`);
    }
    if (taken.has(seat) || seat > seatsOfLicense) this.complaints.push(`R1: ${subjectId} takes ${seat}`);
    this.seats.set(subjectId, seat);
    if (isArrival && this.setting !== 'disabled') this.under.add(subjectId);
  }

  private followSetting({ from, to, event }: Step): void {
    if (to === 'enabled' && event === 'enable' && this.seats.size > 0) this.complaints.push('R6: enabled at once');
    if (to === 'enabling' && this.seats.size === 0) this.complaints.push('R6: enabling with no device active');
    if (event === 'blockingDeviceLeft' && this.blocking.size > 0) this.complaints.push('R6: enabled too early');
    if (from === 'disabled' || to === 'disabled') this.under.clear();
    this.blocking.clear();
    if (to === 'enabling') for (const id of this.seats.keys()) this.blocking.add(id);
    this.setting = to as Rows['setting']['state'];
  }
}
