/**
 * The composed model walked over HTTP: one license with two seats and three devices, its setting and time. A tour takes
 * every transition of the model at least once, where devices are alike and those that merely look on without a seat are
 * all one; after each step state, seats, setting and what is offered are compared with the model, and in the end the
 * history. A tour that can go on no further begins again on a new license.
 */
import {
  type Command,
  decide,
  offerRemoteDeactivation,
  type Rows,
  settle,
  type Step,
} from '../../../machines/index.js';
import {
  beginning,
  canMove,
  canonical,
  type DeviceId,
  deviceIds,
  keyOf,
  type Move,
  movesOfDevices,
  pass,
  seatsMax,
} from '../../machines/system/composed.model.js';
import { now as modelNow } from '../../machines/system/rows.js';
import { advanceTo } from '../../support/clock.js';
import { expectProblem, statusOfCode } from '../../support/problem.js';
import { type Activation, type Device, type License, type List } from '../../support/representations.js';
import {
  accepted,
  freshFingerprint,
  historyOfLicense,
  issueLicense,
  type LicenseScene,
  openTicket,
  setTicketStatus,
} from '../../support/scene.js';
import { type Answer, startServer, type TestServer } from '../../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** A move as it looks where devices are alike: what is done to a device in which condition. */
type Manner = string;

interface Edge {
  /** The key of the state it leads to. */
  to: string;
  /** What it has in common with transitions that differ only in how devices without a seat, that look on, lost theirs. */
  kind: string;
}

/** A state's transitions by manner. */
type Graph = Map<string, Map<Manner, Edge>>;

/** `settle` cannot be asked for over HTTP; every read shows what it would do. */
const moves = movesOfDevices().filter(({ type }) => type !== 'settle');

function conditionOf(rows: Rows, id: DeviceId): string {
  return keyOf(rows).split(' | ')[deviceIds.indexOf(id) + 1] ?? '';
}

function classKey(rows: Rows): string {
  const [license, ...devices] = keyOf(rows).split(' | ');
  return [license, ...devices.sort()].join(' | ');
}

function deviceOf(move: Move): DeviceId | null {
  if (move.type === 'pass') return move.due === 'license' ? null : move.due;
  if (move.type === 'activate') return move.newDeviceId as DeviceId;
  return 'deviceId' in move ? (move.deviceId as DeviceId) : null;
}

function mannerOf(rows: Rows, move: Move): Manner {
  const id = deviceOf(move);
  return id === null ? move.type : `${move.type}, ${conditionOf(rows, id)}`;
}

function kindOf(rows: Rows, move: Move): string {
  const own = deviceOf(move);
  const [license] = keyOf(rows).split(' | ');
  const onlookers = deviceIds
    .filter((id) => id !== own && rows.devices.has(id))
    .map((id) => (rows.devices.get(id)?.state === 'active' ? conditionOf(rows, id) : 'without a seat'));
  return [mannerOf(rows, move), license, ...onlookers.sort()].join(' | ');
}

/** What a move leads to, settled, and the steps that the history has to tell; a refusal leaves the rows. */
function resultOf(rows: Rows, move: Move): { rows: Rows; steps: readonly Step[] } {
  const result = move.type === 'pass' ? settle(pass(rows, move), modelNow) : decide(rows, move, modelNow);
  return { rows: canonical(result.rows), steps: result.steps };
}

/** Every state in which devices are told apart by their condition only, and every manner of going on from it. */
function graphFrom(begin: Rows): Graph {
  const graph: Graph = new Map();
  const queue = [begin];
  for (const rows of queue) {
    const key = classKey(rows);
    if (graph.has(key)) continue;
    const edges = new Map<Manner, Edge>();
    graph.set(key, edges);
    for (const move of moves) {
      const manner = mannerOf(rows, move);
      if (edges.has(manner) || !canMove(rows, move)) continue;
      const { rows: next } = resultOf(rows, move);
      edges.set(manner, { to: classKey(next), kind: kindOf(rows, move) });
      queue.push(next);
    }
  }
  return graph;
}

/** The shortest way from a state to a transition of a kind not taken yet, that one included; null where there is none. */
function wayOn(graph: Graph, from: string, taken: Set<string>): Manner[] | null {
  const wayTo = new Map<string, Manner[]>([[from, []]]);
  for (const [key, way] of wayTo) {
    for (const [manner, { to, kind }] of graph.get(key) ?? []) {
      if (!taken.has(kind)) return [...way, manner];
      if (!wayTo.has(to)) wayTo.set(to, [...way, manner]);
    }
  }
  return null;
}

/** The license under test, beside the model of it. */
class Scene {
  readonly fingerprints = new Map(deviceIds.map((id) => [id, freshFingerprint()]));
  readonly devices = new Map<DeviceId, { id: string; auth: string }>();
  /** What the history has to tell of devices and setting, oldest first. */
  readonly told: string[] = [];

  constructor(
    readonly license: LicenseScene,
    readonly ticketId: string,
    public rows: Rows,
  ) {}

  async send(command: Command): Promise<Answer<unknown>> {
    const id = deviceOf(command);
    const device = id === null ? undefined : this.devices.get(id);
    const post = (path: string, options = {}) => server.request('POST', `/v1/devices/${device?.id}/${path}`, options);
    const setting = `/v1/licenses/${this.license.id}/remote-deactivation`;
    switch (command.type) {
      case 'activate':
        return this.activate(command.newDeviceId as DeviceId);
      case 'checkIn':
        return post('check-in', { auth: device?.auth });
      case 'logOut':
        return post('log-out', { auth: device?.auth });
      case 'remotelyDeactivate':
        return post('remote-deactivation');
      case 'forceDeactivate':
        return post('forced-deactivation', { body: { ticketId: this.ticketId, reason: 'Asked for.' } });
      case 'enable':
      case 'disable':
        return server.request('PUT', setting, { body: { enabled: command.type === 'enable' } });
      case 'forceEnable':
        return server.request('POST', `${setting}/forced`, { body: { ticketId: this.ticketId } });
      default:
        throw new Error(`${command.type} is not walked`);
    }
  }

  /** Lets time pass until the device's date has come, and nobody else's: all check in now, the others once more later. */
  async pass(due: DeviceId): Promise<void> {
    const deactivationDate = await this.checkIn(due);
    const others = deviceIds.filter((id) => id !== due && this.rows.devices.get(id)?.state === 'active');
    await Promise.all(others.map((id) => this.checkIn(id)));
    await server.advance('PT1S');
    await Promise.all(others.map((id) => this.checkIn(id)));
    await advanceTo(server, deactivationDate);
  }

  /** Checks a device in, which must be active, and gives its new deactivation date. */
  private async checkIn(id: DeviceId): Promise<string> {
    const device = this.devices.get(id);
    const answer = await server.request<{ device: Device }>('POST', `/v1/devices/${device?.id}/check-in`, {
      auth: device?.auth,
    });
    return accepted(answer).device.deactivationDate ?? '';
  }

  private async activate(id: DeviceId): Promise<Answer<unknown>> {
    const answer = await server.request<Activation>('POST', '/v1/devices', {
      auth: this.license.auth,
      body: { fingerprint: this.fingerprints.get(id) },
    });
    if (answer.status < 300) {
      this.devices.set(id, { id: answer.body.device.id, auth: `Bearer ${answer.body.token}` });
    }
    return answer;
  }
}

/** What can be seen of the model. */
function expectedView({ devices, setting }: Rows) {
  const active = [...devices.values()].filter(({ state }) => state === 'active');
  const blocking = setting.state === 'enabling' ? active.filter(({ epoch }) => epoch !== setting.epoch) : [];
  return {
    setting: setting.state,
    activeDevices: active.length,
    blocking: blocking.map(({ id }) => id).sort(),
    devices: [...devices.values()].map((device) => {
      const { allowed, reason } = offerRemoteDeactivation(device, setting, modelNow);
      return [device.id, device.state, device.seat, allowed, reason];
    }),
  };
}

/** The same, as the server shows it. */
async function actualView({ license, devices }: Scene) {
  const path = `/v1/licenses/${license.id}`;
  const [read, list] = await Promise.all([
    server.request<License>('GET', path).then(accepted),
    server.request<List<Device>>('GET', `${path}/devices`).then(accepted),
  ]);
  const nameOf = new Map([...devices].map(([name, { id }]) => [id, name]));
  return {
    setting: read.remoteDeactivation.state,
    activeDevices: read.activeDevices,
    blocking: read.remoteDeactivation.blockingDevices.map(({ id }) => nameOf.get(id)).sort(),
    devices: list.items
      .map(({ id, state, seat, remoteDeactivation: { allowed, reason } }) => [
        nameOf.get(id),
        state,
        seat,
        allowed,
        reason,
      ])
      .sort(([one], [other]) => String(one).localeCompare(String(other))),
  };
}

/** Takes one move on both sides and compares the answers. */
async function take(scene: Scene, move: Move): Promise<void> {
  if (move.type === 'pass') {
    await scene.pass(move.due as DeviceId);
  } else {
    const { outcome, rows } = decide(scene.rows, move, modelNow);
    const answer = await scene.send(move);
    if (outcome.kind === 'refused') expectProblem(answer, statusOfCode[outcome.reason] ?? 0, outcome.reason);
    else {
      const isWaiting = move.type === 'enable' && rows.setting.state === 'enabling';
      const isFirst = move.type === 'activate' && !scene.rows.devices.has(move.newDeviceId);
      expect(answer.status).toBe(isWaiting ? 202 : isFirst ? 201 : 200);
    }
  }
  const { rows, steps } = resultOf(scene.rows, move);
  scene.rows = rows;
  for (const step of steps) if (isTold(step)) scene.told.push(lineOf(step, step.subjectId));
  expect(await actualView(scene)).toEqual(expectedView(scene.rows));
}

/** Refused activations are counted by the minute, and tickets have paths of their own. */
function isTold({ machine, outcome }: Pick<Step, 'machine' | 'outcome'>): boolean {
  return outcome === 'accepted' && (machine === 'device' || machine === 'remoteDeactivation');
}

function lineOf({ machine, event, from, to }: Pick<Step, 'machine' | 'event' | 'from' | 'to'>, who: string | null) {
  return `${machine === 'device' ? who : machine} ${event}: ${from} → ${to}`;
}

/** The history of the license, as far as the model has it, oldest first. */
async function historyOf({ license, devices }: Scene): Promise<string[]> {
  const nameOf = new Map([...devices].map(([name, { id }]) => [id, name]));
  const rows = (await historyOfLicense(server, license.id)).reverse();
  return rows.filter(isTold).map((row) => lineOf(row, nameOf.get(row.subjectId ?? '') ?? null));
}

async function newScene(setting: 'enabled' | 'disabled'): Promise<Scene> {
  const license = await issueLicense(server, { seats: seatsMax, checkInPeriod: 'PT1H', remoteDeactivation: setting });
  const ticket = await openTicket(server, license.id);
  await setTicketStatus(server, ticket.id, 'resolved');
  return new Scene(license, ticket.id, withResolvedTicket(beginning(setting)));
}

/** Tickets have paths of their own; here one that serves again and again. */
function withResolvedTicket(rows: Rows): Rows {
  return decide(
    rows,
    { type: 'resolveTicket', ticketId: 'ticket', actor: { kind: 'support', id: 's', name: null } },
    modelNow,
  ).rows;
}

describe('one license with two seats and three devices over HTTP', () => {
  it('does on a tour of every transition what the model says', async () => {
    const graph = graphFrom(withResolvedTicket(beginning('enabled')));
    const taken = new Set<string>();
    let steps = 0;
    let licenses = 0;
    const kinds = new Set([...graph.values()].flatMap((edges) => [...edges.values()].map(({ kind }) => kind)));
    while (taken.size < kinds.size) {
      const scene = await newScene('enabled');
      licenses += 1;
      for (;;) {
        const way = wayOn(graph, classKey(scene.rows), taken);
        if (way === null) break;
        for (const manner of way) {
          const move = moves.find((one) => canMove(scene.rows, one) && mannerOf(scene.rows, one) === manner);
          if (move === undefined) throw new Error(`${manner} cannot be done in ${keyOf(scene.rows)}`);
          taken.add(kindOf(scene.rows, move));
          await take(scene, move).catch((error: Error) => {
            error.message += `\nafter ${manner} from ${keyOf(scene.rows)}`;
            throw error;
          });
          steps += 1;
        }
      }
      expect(await historyOf(scene)).toEqual(scene.told);
    }
    process.stdout.write(
      `composed model over HTTP: ${graph.size} states, ${kinds.size} kinds of transitions, in ${steps} steps on ${licenses} licenses\n`,
    );
    expect([...kinds].filter((kind) => !taken.has(kind))).toEqual([]);
  }, 600_000);
});
