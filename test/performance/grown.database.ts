/**
 * A database as it is after years: a file that the server has made and filled with a first few devices through its API, in which
 * these are multiplied by SQL, their history included. All constraints are on while it grows; it makes up no column, since every
 * row is a copy of one that the server wrote, under another name.
 */
import { createHash } from 'node:crypto';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { hashSecret, secretPrefixes } from '../../src/auth/secret.js';
import { type Fleet, type FleetDevice, type FleetLicense } from './fleet.setup.js';

const dayMillis = 86_400_000;
const licensesPerTransaction = 1_000;
const measuredMax = 20_000;
/** Seats left free on a large license, for the devices that the bench activates. */
const spareSeats = 100;

/** How large it is to become. */
export interface Growth {
  /** Devices on licenses of two seats, both occupied. */
  narrowDevices: number;
  /** Devices on licenses of `wideSeats` seats each. */
  wideDevices: number;
  wideSeats: number;
  /** Licenses of two seats, one of which is free. */
  halfFree: number;
  /** How many of either kind of devices can become overdue. */
  others: number;
}

/** What can be loaded with afterwards, and what can become overdue without being in its way. */
export interface Grown {
  narrow: Fleet;
  wide: Fleet;
  others: { narrow: string[]; wide: string[] };
}

type Row = Record<string, string | number | null>;

/** Grows a database that no server has open: `first` is what its server was set up with, each device checked in once. */
export function growDatabase(file: string, first: Fleet, growth: Growth): Grown {
  const connection = new Sqlite(file, { fileMustExist: true });
  try {
    // Nothing is lost that could not be made again, so the disk need not be waited for.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.pragma('cache_size = -1000000');
    return new Grower(connection, first).grow(growth);
  } finally {
    connection.close();
  }
}

/** Lets active devices have been due at moments of the last day. The database has to be closed elsewhere. */
export function makeOverdue(file: string, ids: readonly string[], now: number): void {
  const connection = new Sqlite(file, { fileMustExist: true });
  try {
    const change = connection.prepare(
      `UPDATE device SET deactivation_date = @due, sweep_at = @due, lease_expires_at = @due WHERE id = @id AND state = 'active'`,
    );
    connection.transaction(() => {
      for (const [index, id] of ids.entries()) change.run({ id, due: now - 1_000 - (index % dayMillis) });
    })();
  } finally {
    connection.close();
  }
}

/** Copies of a license, its devices and their rows. */
class Grower {
  private readonly license: Row;
  private readonly setting: Row;
  private readonly device: Row;
  private readonly licenseSteps: Row[];
  private readonly deviceSteps: Row[];
  private readonly statements = new Map<string, Sqlite.Statement>();
  private devices = 0;
  private licenses = 0;

  constructor(
    private readonly connection: Connection,
    first: Fleet,
  ) {
    const [device] = first.devices;
    if (device === undefined) throw new Error('a database grows from one device at least');
    this.device = this.rows('SELECT * FROM device WHERE id = ?', device.id)[0] ?? {};
    const licenseId = String(this.device['license_id']);
    this.license = this.rows('SELECT * FROM license WHERE id = ?', licenseId)[0] ?? {};
    this.setting = this.rows('SELECT * FROM remote_deactivation WHERE license_id = ?', licenseId)[0] ?? {};
    const steps = this.rows('SELECT * FROM transition WHERE license_id = ? ORDER BY sequence', licenseId);
    this.deviceSteps = steps.filter((step) => step['subject_id'] === device.id);
    this.licenseSteps = steps.filter((step) => step['machine'] !== 'device');
  }

  grow({ narrowDevices, wideDevices, wideSeats, halfFree, others }: Growth): Grown {
    const wideLicenses = wideDevices === 0 ? 0 : Math.ceil(wideDevices / Math.max(1, wideSeats - spareSeats));
    const free = this.licensesOf(halfFree, 2, 1);
    const narrow = this.licensesOf(Math.ceil(narrowDevices / 2), 2, 2);
    const wide = this.licensesOf(wideLicenses, wideSeats, Math.floor(wideDevices / Math.max(1, wideLicenses)));
    const [narrowMeasured, narrowOthers] = parted(narrow.devices, others);
    const [wideMeasured, wideOthers] = parted(wide.devices, others);
    return {
      narrow: { licenses: free.licenses, devices: narrowMeasured },
      wide: { licenses: wide.licenses, devices: wideMeasured },
      others: { narrow: narrowOthers, wide: wideOthers },
    };
  }

  /** `count` licenses of `seats` seats, of which `occupied` each have a device. */
  private licensesOf(count: number, seats: number, occupied: number): Fleet {
    const fleet: Fleet = { licenses: [], devices: [] };
    for (let done = 0; done < count; done += licensesPerTransaction) {
      this.connection.transaction(() => {
        for (let at = done; at < Math.min(count, done + licensesPerTransaction); at++) {
          const license = this.addLicense(seats, occupied);
          fleet.licenses.push(license);
          for (let seat = 1; seat <= seats; seat++) {
            const device = seat <= occupied ? this.addDevice(license.id, seat) : null;
            this.insert('seat', { license_id: license.id, number: seat, device_id: device?.id ?? null });
            if (device !== null) fleet.devices.push(device);
          }
        }
      })();
    }
    return fleet;
  }

  private addLicense(seats: number, occupied: number): FleetLicense {
    this.licenses += 1;
    const id = idOf('license', this.licenses);
    const key = secretPrefixes.licenseKey + digestOf('key', this.licenses, 'base64url');
    const lastSequence = this.licenseSteps.length + occupied * this.deviceSteps.length;
    const hashes = { key_hash: hashSecret(key), key_hint: key.slice(-6) };
    this.insert('license', { ...this.license, ...hashes, id, seats, last_sequence: lastSequence });
    this.insert('remote_deactivation', { ...this.setting, license_id: id });
    for (const [index, step] of this.licenseSteps.entries())
      this.insert('transition', { ...step, license_id: id, subject_id: id, sequence: index + 1 });
    return { id, key };
  }

  private addDevice(licenseId: string, seat: number): FleetDevice {
    this.devices += 1;
    const id = idOf('device', this.devices);
    const token = secretPrefixes.deviceToken + digestOf('token', this.devices, 'base64url');
    // Devices connect at any hour of the day, so their dates are spread over the coming month, none of it today.
    const date = Number(this.device['deactivation_date']) - (this.devices % (20 * 1_440)) * 60_000;
    this.insert('device', {
      ...this.device,
      id,
      license_id: licenseId,
      fingerprint: `bench-grown-${this.devices}`,
      token_hash: hashSecret(token),
      seat_number: seat,
      deactivation_date: date,
      sweep_at: date,
      lease_expires_at: date,
    });
    const before = this.licenseSteps.length + (seat - 1) * this.deviceSteps.length;
    for (const [index, step] of this.deviceSteps.entries()) {
      const seatNumber = step['seat_number'] === null ? null : seat;
      const place = { license_id: licenseId, sequence: before + index + 1, subject_id: id, seat_number: seatNumber };
      this.insert('transition', { ...step, ...place });
    }
    return { id, token };
  }

  private insert(table: string, row: Row): void {
    let statement = this.statements.get(table);
    if (statement === undefined) {
      const columns = Object.keys(row);
      const values = columns.map((column) => `@${column}`).join(', ');
      statement = this.connection.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`);
      this.statements.set(table, statement);
    }
    statement.run(row);
  }

  private rows(sql: string, id: string): Row[] {
    return this.connection.prepare(sql).all(id) as Row[];
  }
}

/**
 * Devices to load with, at most half of all and evenly among them, in an order of no table; and the ids of so many others, evenly
 * among them too. No more are remembered, since the load client would stop for collecting its garbage.
 */
function parted(devices: readonly FleetDevice[], others: number): [FleetDevice[], string[]] {
  const step = Math.max(2, Math.floor(devices.length / measuredMax));
  const measured = devices.filter((_, index) => index % step === 0).slice(0, measuredMax);
  const rest = devices.filter((_, index) => index % step !== 0);
  const stride = Math.max(1, Math.floor(rest.length / Math.max(1, others)));
  const ids = rest.filter((_, index) => index % stride === 0).slice(0, others);
  return [measured.sort((one, other) => (one.id.slice(-12) < other.id.slice(-12) ? -1 : 1)), ids.map(({ id }) => id)];
}

/** A UUIDv7 for the n-th of its kind: its time grows with n, as that of real ones does, and its end is anybody's guess. */
function idOf(kind: string, number: number): string {
  const time = (1_700_000_000_000 + number * 10).toString(16).padStart(12, '0');
  const rest = digestOf(kind, number, 'hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

function digestOf(kind: string, number: number, encoding: 'hex' | 'base64url'): string {
  return createHash('sha256').update(`${kind} ${number}`).digest(encoding);
}
