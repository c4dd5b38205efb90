/**
 * What each workload sends and what answer is right. Requests are bytes made beforehand where they can be, and each check-in
 * and each read is for another device than the one before, in a rotation over the whole fleet.
 */
import {
  activatedDevice,
  activationBytes,
  checkInBytes,
  type Fleet,
  type FleetDevice,
  type FleetLicense,
} from './fleet.setup.js';
import { type Script } from './load.client.js';
import { requestBytes } from './request.bytes.js';

const fingerprintsPerLane = 50;

/** Check-in-sized requests to a baseline. */
export function echoScript(): Script {
  const id = '019ab0f2-8c1e-7d4a-9b62-3f5e7a1c2d90';
  const bytes = checkInBytes({ id, token: `skd_${'0'.repeat(43)}` });
  const expected = Buffer.from(`"${id}"`);
  return { next: () => bytes, judge: (_lane, status, body) => faultOf('echo', 200, status, body, expected) };
}

/** Check-ins, each of another device; `acknowledged` counts them. */
export class CheckInScript implements Script {
  private readonly rotation: Rotation;
  acknowledged = 0;

  constructor(fleet: Fleet) {
    this.rotation = new Rotation(fleet, checkInBytes);
  }

  next(lane: number): Buffer {
    return this.rotation.next(lane);
  }

  judge(lane: number, status: number, body: Buffer): string | null {
    const fault = faultOf('check-in', 200, status, body, this.rotation.expected(lane));
    if (fault === null) this.acknowledged += 1;
    return fault;
  }
}

/** Reads of a device by itself. */
export function readScript(fleet: Fleet): Script {
  const rotation = new Rotation(fleet, ({ id, token }) =>
    requestBytes({ method: 'GET', path: `/v1/devices/${id}`, auth: `Bearer ${token}` }),
  );
  return {
    next: (lane) => rotation.next(lane),
    judge: (lane, status, body) => faultOf('read', 200, status, body, rotation.expected(lane)),
  };
}

/** Each lane activates a device, logs it out, activates the next: in turn over fingerprints of its own, so that most are known. */
export class ActivationScript implements Script {
  private readonly lanes: { license: FleetLicense; fingerprints: string[]; turn: number; active: FleetDevice | null }[];

  constructor(fleet: Fleet, lanes: number) {
    this.lanes = Array.from({ length: lanes }, (_, lane) => ({
      license: at(fleet.licenses, lane),
      fingerprints: Array.from({ length: fingerprintsPerLane }, (_unused, turn) => `bench-lane-${lane}-${turn}`),
      turn: 0,
      active: null,
    }));
  }

  next(number: number): Buffer {
    const lane = at(this.lanes, number);
    if (lane.active === null) return activationBytes(lane.license, at(lane.fingerprints, lane.turn));
    const { id, token } = lane.active;
    return requestBytes({ method: 'POST', path: `/v1/devices/${id}/log-out`, auth: `Bearer ${token}` });
  }

  judge(number: number, status: number, body: Buffer): string | null {
    const lane = at(this.lanes, number);
    if (lane.active === null) {
      if (status !== 201 && status !== 200) return `activation: ${status} ${body.toString()}`;
      lane.active = activatedDevice(body);
      return null;
    }
    const fault = faultOf('log-out', 200, status, body, Buffer.from('"loggedOut"'));
    lane.active = null;
    lane.turn += 1;
    return fault;
  }
}

/** Reads every device once and adds up `checkInCount`: what the server says it has kept. */
export class CheckInCountScript implements Script {
  private readonly devices: FleetDevice[];
  private sent = 0;
  total = 0;

  constructor(fleet: Fleet) {
    this.devices = fleet.devices;
  }

  next(): Buffer | null {
    const device = this.devices[this.sent];
    if (device === undefined) return null;
    this.sent += 1;
    return requestBytes({ method: 'GET', path: `/v1/devices/${device.id}`, auth: `Bearer ${device.token}` });
  }

  judge(_lane: number, status: number, body: Buffer): string | null {
    const count = /"checkInCount":(\d+)/.exec(body.toString());
    if (status !== 200 || count === null) return `count: ${status} ${body.toString()}`;
    this.total += Number(count[1]);
    return null;
  }
}

/** One request for each device, given out in turn to whichever lane asks. */
class Rotation {
  private readonly requests: { bytes: Buffer; expected: Buffer }[];
  private readonly current: Buffer[] = [];
  private turn = 0;

  constructor(fleet: Fleet, bytesOf: (device: FleetDevice) => Buffer) {
    this.requests = fleet.devices.map((device) => ({
      bytes: bytesOf(device),
      expected: Buffer.from(`"id":"${device.id}"`),
    }));
  }

  next(lane: number): Buffer {
    const { bytes, expected } = at(this.requests, this.turn);
    this.turn += 1;
    this.current[lane] = expected;
    return bytes;
  }

  expected(lane: number): Buffer {
    return at(this.current, lane);
  }
}

function faultOf(what: string, wanted: number, status: number, body: Buffer, expected: Buffer): string | null {
  return status === wanted && body.includes(expected) ? null : `${what}: ${status} ${body.toString()}`;
}

/** The item at an index that goes round. */
function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('a list of the bench is empty');
  return item;
}
