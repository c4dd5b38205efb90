/**
 * The composed model walked over HTTP: one license with two seats and three devices, its setting and time. A tour takes
 * every transition of the model at least once, where devices are alike and those that merely look on without a seat are
 * all one; after each step state, seats, setting and what is offered are compared with the model, and in the end the
 * history. A tour that can go on no further begins again on a new license.
 */
import { decide, offerRemoteDeactivation, type Rows, type Step } from '../../../machines/index.js';
import {
  beginning,
  canMove,
  type DeviceId,
  deviceIds,
  keyOf,
  type Move,
} from '../../machines/system/composed.model.js';
import {
  classKey,
  conditionOf,
  deviceOf,
  graphFrom,
  mannerOf,
  moves,
  resultOf,
  wayOn,
} from '../../machines/system/composed.tour.js';
import { now as modelNow } from '../../machines/system/rows.js';
import { newBeginning, Scene, withResolvedTicket } from './composed.scene.js';
import { expectProblem, statusOfCode } from '../../support/problem.js';
import { type Device, type License, type List } from '../../support/representations.js';
import { accepted, historyOfLicense } from '../../support/scene.js';
import { startServer, type TestServer } from '../../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** What a transition has in common with those that differ only in how devices without a seat, that look on, lost theirs. */
function kindOf(rows: Rows, move: Move): string {
  const own = deviceOf(move);
  const [license] = keyOf(rows).split(' | ');
  const onlookers = deviceIds
    .filter((id) => id !== own && rows.devices.has(id))
    .map((id) => (rows.devices.get(id)?.state === 'active' ? conditionOf(rows, id) : 'without a seat'));
  return [mannerOf(rows, move), license, ...onlookers.sort()].join(' | ');
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

describe('one license with two seats and three devices over HTTP', () => {
  it('does on a tour of every transition what the model says', async () => {
    const graph = graphFrom(withResolvedTicket(beginning('enabled')), kindOf);
    const taken = new Set<string>();
    let steps = 0;
    let licenses = 0;
    const kinds = new Set([...graph.values()].flatMap((edges) => [...edges.values()].map(({ kind }) => kind)));
    while (taken.size < kinds.size) {
      const scene = new Scene(...(await newBeginning(server, 'enabled')));
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
