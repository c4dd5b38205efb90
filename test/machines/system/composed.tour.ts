/**
 * The composed model as a graph in which devices are alike: its states, what can be done in each, and a way to what was not done
 * yet. Whoever walks it (over HTTP, through the panel) takes the moves for real and compares.
 */
import { decide, type Rows, settle, type Step } from '../../../machines/index.js';
import {
  canMove,
  canonical,
  type DeviceId,
  deviceIds,
  keyOf,
  type Move,
  movesOfDevices,
  pass,
} from './composed.model.js';
import { now as modelNow } from './rows.js';

/** A move as it looks where devices are alike: what is done to a device in which condition. */
export type Manner = string;

export interface Edge {
  /** The key of the state it leads to. */
  to: string;
  /** What it has in common with transitions that differ only in how devices without a seat, that look on, lost theirs. */
  kind: string;
}

/** A state's transitions by manner. */
export type Graph = Map<string, Map<Manner, Edge>>;

/** What can be done from outside: `settle` cannot be asked for, every read shows what it would do. */
export const moves = movesOfDevices().filter(({ type }) => type !== 'settle');

/** What a state says of one device. */
export function conditionOf(rows: Rows, id: DeviceId): string {
  return keyOf(rows).split(' | ')[deviceIds.indexOf(id) + 1] ?? '';
}

/** The state where devices are told apart by their condition only. */
export function classKey(rows: Rows): string {
  const [license, ...devices] = keyOf(rows).split(' | ');
  return [license, ...devices.sort()].join(' | ');
}

/** The device that a move is about; null where it is about none. */
export function deviceOf(move: Move): DeviceId | null {
  if (move.type === 'pass') return move.due === 'license' ? null : move.due;
  if (move.type === 'activate') return move.newDeviceId as DeviceId;
  return 'deviceId' in move ? (move.deviceId as DeviceId) : null;
}

/** The manner of a move in a state. */
export function mannerOf(rows: Rows, move: Move): Manner {
  const id = deviceOf(move);
  return id === null ? move.type : `${move.type}, ${conditionOf(rows, id)}`;
}

/** What a move leads to, settled, and the steps that the history has to tell; a refusal leaves the rows. */
export function resultOf(rows: Rows, move: Move): { rows: Rows; steps: readonly Step[] } {
  const result = move.type === 'pass' ? settle(pass(rows, move), modelNow) : decide(rows, move, modelNow);
  return { rows: canonical(result.rows), steps: result.steps };
}

/** Every state in which devices are told apart by their condition only, and every manner of going on from it. */
export function graphFrom(begin: Rows, kindOf: (rows: Rows, move: Move) => string): Graph {
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
export function wayOn(graph: Graph, from: string, taken: Set<string>): Manner[] | null {
  const wayTo = new Map<string, Manner[]>([[from, []]]);
  for (const [key, way] of wayTo) {
    for (const [manner, { to, kind }] of graph.get(key) ?? []) {
      if (!taken.has(kind)) return [...way, manner];
      if (!wayTo.has(to)) wayTo.set(to, [...way, manner]);
    }
  }
  return null;
}
