/** A license as its owner has it in a simulation: what people do with it over HTTP, and what is known of it. */
import { type Answer, type Client, type Credentials, isRefused } from '../demo/client.js';
import { Ledger } from './ledger.js';
import type { World } from './world.js';

/** What the vendor issues. */
export interface Terms {
  readonly product: string;
  readonly seats: number;
  readonly checkInPeriod: string;
  readonly validUntil: string | null;
  readonly remoteDeactivation: 'enabled' | 'disabled';
}

/** A device as the Licenses panel shows it. */
export interface ShownDevice {
  readonly id: string;
  readonly fingerprint: string;
  readonly state: string;
  readonly lastSeenAt: string;
  readonly remoteDeactivation: { readonly allowed: boolean };
}

export interface ShownLicense {
  readonly status: string;
  readonly seats: number;
  readonly activeDevices: number;
}

/** A row of the history. */
export interface ShownRow {
  readonly event: string;
  readonly outcome: string;
}

export class Account {
  readonly ledger: Ledger;
  /** Fingerprints whose seats may be occupied without anybody knowing: of machines that are gone, and of what was lost on those that are not. */
  readonly leftBehind = new Set<string>();

  private constructor(
    private readonly world: World,
    readonly name: string,
    readonly id: string,
    /** As the owner has it now. */
    public key: string,
    seats: number,
    private readonly owner: Credentials,
    private readonly support: Credentials,
  ) {
    this.ledger = new Ledger(seats);
  }

  /** Makes an organization with an owner, and a license for it. */
  static async open(world: World, name: string, terms: Terms): Promise<Account> {
    const { client, operator } = world;
    const organization = await client.must('POST', '/v1/organizations', operator, { name });
    const organizationId = String(organization['id']);
    const tokenOf = async (wish: object): Promise<Credentials> => {
      const { token } = await client.must('POST', '/v1/tokens', operator, { name, ...wish });
      return { authorization: `Bearer ${String(token)}` };
    };
    const [owner, support] = [await tokenOf({ role: 'owner', organizationId }), await tokenOf({ role: 'support' })];
    const issued = await client.must('POST', '/v1/licenses', operator, { organizationId, ...terms });
    const { license, key } = issued as { license: { id: string }; key: string };
    return new Account(world, name, license.id, key, terms.seats, owner, support);
  }

  /** The owner frees the seat of a device. */
  async deactivate(fingerprint: string): Promise<void> {
    const device = await this.deviceOf(fingerprint);
    const answer = await this.as(this.owner, 'POST', `/v1/devices/${device.id}/remote-deactivation`, {});
    if (!isRefused(answer)) this.ledger.leave(fingerprint);
  }

  /** The owner frees the seats of devices that were not seen for a while, the longest unseen first. */
  async clearOut(unseenMillis: number, seatsMax: number): Promise<void> {
    const unseen = (await this.devices('?state=active&limit=200'))
      .filter(({ lastSeenAt }) => Date.parse(lastSeenAt) < this.world.now - unseenMillis)
      .filter(({ remoteDeactivation }) => remoteDeactivation.allowed)
      .sort((a, b) => orderOf(a.lastSeenAt, b.lastSeenAt) || orderOf(a.fingerprint, b.fingerprint));
    for (const { fingerprint } of unseen.slice(0, seatsMax)) await this.deactivate(fingerprint);
  }

  /** The owner replaces the key. */
  async replaceKey(): Promise<void> {
    const { key } = await this.client.must('POST', `${this.path}/key`, this.owner);
    this.key = String(key);
  }

  /** The owner sets whether devices can be deactivated remotely. */
  async setRemoteDeactivation(enabled: boolean): Promise<void> {
    await this.client.must('PUT', `${this.path}/remote-deactivation`, this.owner, { enabled });
  }

  /** The operator suspends, reinstates or renews it. */
  async change(how: 'suspend' | 'reinstate' | 'renew', body?: object): Promise<void> {
    await this.client.must('POST', `${this.path}/${how}`, this.world.operator, body);
  }

  /** The owner opens a ticket about a device that cannot be reached, support deactivates it, and closes the ticket. */
  async askSupportFor(fingerprint: string): Promise<void> {
    const device = await this.deviceOf(fingerprint);
    const wish = { licenseId: this.id, topic: 'deviceDeactivation', deviceId: device.id, message: 'It is broken.' };
    const { id: ticketId } = await this.client.must('POST', '/v1/support-tickets', this.owner, wish);
    const force = { ticketId, reason: 'The machine is broken.' };
    const path = `/v1/devices/${device.id}/forced-deactivation`;
    const answer = await this.as(this.support, 'POST', path, force);
    if (!isRefused(answer)) this.ledger.leave(fingerprint);
    await this.client.must('PATCH', `/v1/support-tickets/${String(ticketId)}`, this.support, { status: 'closed' });
  }

  /** The license as the server shows it. */
  async license(): Promise<ShownLicense> {
    const body: unknown = await this.client.must('GET', this.path, this.owner);
    return body as ShownLicense;
  }

  /** Its devices. @param query such as `?state=active` */
  devices(query = '?limit=200'): Promise<ShownDevice[]> {
    return this.pages(`${this.path}/devices${query}`);
  }

  /** Its whole history, newest first. */
  history(): Promise<ShownRow[]> {
    return this.pages(`${this.path}/transitions?limit=200`);
  }

  /** What its organization was refused counts as what devices are refused. */
  private async as(credentials: Credentials, method: string, path: string, body: object): Promise<Answer> {
    const answer = await this.client.ask(method, path, credentials, body);
    if (isRefused(answer)) this.world.tally.count(`refused.people.${String(answer.body['code'])}`);
    return answer;
  }

  private async deviceOf(fingerprint: string): Promise<ShownDevice> {
    const device = (await this.devices()).find((one) => one.fingerprint === fingerprint);
    if (device === undefined) throw new Error(`The simulation knows no device ${fingerprint}`);
    return device;
  }

  private async pages<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Record<string, unknown> = await this.client.must('GET', `${path}${more}`, this.owner);
      items.push(...(page['items'] as Item[]));
      cursor = page['nextCursor'] as string | null;
    } while (cursor !== null);
    return items;
  }

  private get client(): Client {
    return this.world.client;
  }

  private get path(): string {
    return `/v1/licenses/${this.id}`;
  }
}

function orderOf(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
