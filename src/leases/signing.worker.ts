/**
 * The signing thread: signs what stands on the board, whenever it is called, until its process ends. It reads no database and
 * decides nothing; it holds the private keys that it was handed.
 */
import { type KeyObject, sign } from 'node:crypto';
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { yieldToCoordinator } from '../persistence/thread.priority.js';
import { placeCount, placeState, SigningBoard } from './signing.board.js';

const { memory, keyPort } = workerData as { memory: SharedArrayBuffer; keyPort: MessagePort };
const board = new SigningBoard(memory);
const keys: KeyObject[] = [];

// It is to run while the coordinator waits for the disk: what it does not get to, the coordinator signs itself.
yieldToCoordinator();
for (;;) {
  const calls = Atomics.load(board.calls, 0);
  // From the end: the askers come in the order of the places, and would wait for each signature if this thread went before them.
  for (let place = placeCount - 1; place >= 0; place -= 1) signAt(place);
  Atomics.wait(board.calls, 0, calls);
}

function signAt(place: number): void {
  const { states } = board;
  if (Atomics.load(states, place) !== placeState.posted) return;
  const found = Atomics.compareExchange(states, place, placeState.posted, placeState.taken);
  if (found !== placeState.posted) return;
  const text = board.textAt(place).subarray(0, board.lengths[place]);
  board.signatureAt(place).set(sign(null, text, keyOf(board.keys[place] ?? 0)));
  Atomics.store(states, place, placeState.signed);
  Atomics.notify(states, place);
}

/** A key is handed over before the first text that it signs, so it is at the port by now. */
function keyOf(number: number): KeyObject {
  for (;;) {
    const key = keys[number];
    if (key !== undefined) return key;
    const handed = receiveMessageOnPort(keyPort) as { message: KeyObject } | undefined;
    if (handed === undefined) throw new Error(`signing key number ${number} was not handed over`);
    keys.push(handed.message);
  }
}
