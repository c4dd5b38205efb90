/** A license that somebody listens to: its streams, and how far those that have caught up have come together. */
import type { Subscription } from './subscription.js';

export class WatchedLicense {
  /** Every live stream has come at least as far as this; it never goes back, even when nobody is live for a while. */
  sequence = 0;
  /** Whether there may be something that was not read yet. */
  isStale = false;
  isBeingRead = false;
  /** When time may do something to it next, in epoch milliseconds; at once where that was not asked yet. */
  dueAt = -Infinity;
  private readonly devicesToTell = new Set<string>();
  readonly ofLicense = new Set<Subscription>();
  readonly ofDevices = new Map<string, Set<Subscription>>();

  constructor(readonly id: string) {}

  get isEmpty(): boolean {
    return this.ofLicense.size === 0 && this.ofDevices.size === 0;
  }

  add(subscription: Subscription): void {
    const { deviceId } = subscription.scope;
    if (deviceId === null) this.ofLicense.add(subscription);
    else this.ofDevices.set(deviceId, (this.ofDevices.get(deviceId) ?? new Set()).add(subscription));
  }

  remove(subscription: Subscription): void {
    const { deviceId } = subscription.scope;
    if (deviceId === null) {
      this.ofLicense.delete(subscription);
      return;
    }
    const others = this.ofDevices.get(deviceId);
    others?.delete(subscription);
    if (others?.size === 0) this.ofDevices.delete(deviceId);
  }

  /** Notes devices whose listeners have to be told how they are now. */
  tellDevices(ids: Iterable<string>): void {
    for (const id of ids) this.devicesToTell.add(id);
  }

  get hasDevicesToTell(): boolean {
    return this.devicesToTell.size > 0;
  }

  /** Takes some of them; what cannot be told is given back. */
  takeDevicesToTell(countMax: number): string[] {
    const taken: string[] = [];
    for (const id of this.devicesToTell) {
      if (taken.length === countMax) break;
      taken.push(id);
    }
    for (const id of taken) this.devicesToTell.delete(id);
    return taken;
  }

  /** Those that have caught up. */
  *live(): Iterable<Subscription> {
    for (const subscription of this.ofLicense) if (subscription.isLive) yield subscription;
    for (const subscriptions of this.ofDevices.values()) {
      for (const subscription of subscriptions) if (subscription.isLive) yield subscription;
    }
  }

  get hasLive(): boolean {
    for (const _subscription of this.live()) return true;
    return false;
  }

  /**
   * Lets a stream share the reads from now on, if it has come as far as the others.
   *
   * @returns false where it is behind, and has to catch up first
   */
  join(subscription: Subscription): boolean {
    if (subscription.sequence < this.sequence) return false;
    if (!this.hasLive) this.sequence = subscription.sequence;
    subscription.isLive = true;
    return true;
  }
}
