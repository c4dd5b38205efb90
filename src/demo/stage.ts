/** The demonstration's world as the story goes on: what was made, under which ids, with which secrets, and what time it is there. */
import { formatInstant } from '../clock/instant.js';
import { type Credentials, type Client, isRefused } from './client.js';
import { type DeviceRole, type LicenseRole, licenses, password } from './cast.js';
import { Chance } from './chance.js';

const dayMillis = 24 * 60 * 60 * 1000;

/** A device with what its client software keeps. */
interface StagedDevice {
  readonly role: DeviceRole;
  readonly license: StagedLicense;
  readonly fingerprint: string;
  id: string | null;
  token: string | null;
  /** As far as the client software knows. */
  isActive: boolean;
}

interface StagedLicense {
  readonly role: LicenseRole;
  id: string;
  key: string;
}

export class Stage {
  private readonly licenses = new Map<string, StagedLicense>();
  private readonly devices = new Map<string, StagedDevice>();
  private readonly people = new Map<string, Credentials>();

  /**
   * @param administrator who moves the clock and makes the first people
   * @param begins when the story begins, and where the test clock is, in epoch milliseconds
   */
  constructor(
    readonly client: Client,
    readonly administrator: Credentials,
    private readonly begins: number,
    private now: number = begins,
  ) {}

  /** The instant of a day of the story, as the contract writes it; null for null. */
  instantOf(day: number | null): string | null {
    return day === null ? null : formatInstant(this.millisOf(day));
  }

  /** Moves the clock to a day of the story; it never goes back. */
  async moveToDay(day: number): Promise<void> {
    await this.moveTo(this.millisOf(day));
  }

  /** Moves the clock to an instant, in epoch milliseconds. */
  async moveTo(instant: number): Promise<void> {
    if (instant <= this.now) return;
    const advance = `PT${(instant - this.now) / 1000}S`;
    await this.client.must('POST', '/v1/test-clock', this.administrator, { advance });
    this.now = instant;
  }

  /** Has a license of the cast in the story. */
  addLicense(role: LicenseRole, id: string, key: string): void {
    const license = { role, id, key };
    this.licenses.set(role.name, license);
    for (const device of role.devices) {
      const fingerprint = `${role.name}-${new Chance(device.name).hex(16)}`;
      this.devices.set(device.name, { role: device, license, fingerprint, id: null, token: null, isActive: false });
    }
  }

  /** The path of a license. */
  licensePath(name: string): string {
    return `/v1/licenses/${this.license(name).id}`;
  }

  licenseId(name: string): string {
    return this.license(name).id;
  }

  /** The id of a device that has been active. */
  deviceId(name: string): string {
    const { id } = this.device(name);
    if (id === null) throw new Error(`${name} was never active in the demonstration`);
    return id;
  }

  /** Takes note of a new key, with which client software activates from now on. */
  replaceKey(name: string, key: string): void {
    this.license(name).key = key;
  }

  /** A person, signed in. */
  async as(email: string): Promise<Credentials> {
    let session = this.people.get(email);
    if (session === undefined) {
      session = await this.client.signIn(email, password);
      this.people.set(email, session);
    }
    return session;
  }

  /** Client software connects: it checks in, or activates where it holds no seat. A refusal is part of the story. */
  async connect(name: string): Promise<void> {
    const device = this.device(name);
    const { platform, appVersion } = device.role;
    if (device.isActive && device.id !== null && device.token !== null) {
      const credentials = { authorization: `Bearer ${device.token}` };
      const answer = await this.client.ask('POST', `/v1/devices/${device.id}/check-in`, credentials, { appVersion });
      if (answer.body['code'] !== 'deviceNotActive') return;
      device.isActive = false;
    }
    const credentials = { authorization: `License ${device.license.key}` };
    const said = { fingerprint: device.fingerprint, name, platform, appVersion };
    const answer = await this.client.ask('POST', '/v1/devices', credentials, said);
    if (isRefused(answer)) return;
    const { device: shown, token } = answer.body as { device: { id: string }; token: string };
    Object.assign(device, { id: shown.id, token, isActive: true });
  }

  /** Client software gives its seat back, where it believes to have one. */
  async logOut(name: string): Promise<void> {
    const device = this.device(name);
    if (!device.isActive) return;
    const credentials = { authorization: `Bearer ${device.token}` };
    await this.client.ask('POST', `/v1/devices/${device.id}/log-out`, credentials);
    device.isActive = false;
  }

  private license(name: string): StagedLicense {
    const license = this.licenses.get(name);
    if (license === undefined) throw new Error(`${name} is none of ${licenses.map((role) => role.name).join(', ')}`);
    return license;
  }

  private device(name: string): StagedDevice {
    const device = this.devices.get(name);
    if (device === undefined) throw new Error(`${name} is no device of the demonstration`);
    return device;
  }

  private millisOf(day: number): number {
    // Whole seconds: nobody's clock is finer in a story.
    return this.begins + Math.round((day * dayMillis) / 1000) * 1000;
  }
}
