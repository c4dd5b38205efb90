/**
 * Signs beside the coordinator's thread, so that signatures are made while a batch waits for its COMMIT. It never makes
 * anybody wait for more than the signature that is being made: what the thread has not begun, the asker signs itself.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { placeCount, placeState, SigningBoard, textBytesMax } from './signing.board.js';
import type { UsableKey } from './signing-key.js';

/** A text on the board. It is worth something until the ring has come round. */
export interface Posted {
  readonly place: number;
  readonly round: number;
}

/** How long one signature may take before the thread counts as dead. */
const deadAfterMillis = 1_000;

export class SigningThread {
  private readonly keyNumbers = new Map<string, number>();
  private readonly rounds = new Int32Array(placeCount);
  private posted = 0;
  private isAlive = true;

  private constructor(
    private readonly worker: Worker,
    private readonly keyPort: MessagePort,
    private readonly board: SigningBoard,
  ) {
    const dead = (): void => {
      this.isAlive = false;
    };
    worker.once('error', dead);
    worker.once('exit', dead);
    worker.unref();
    keyPort.unref();
  }

  /** Starts the thread; null where there is no built script for it, as where the server runs from its sources. */
  static start(
    script = new URL('./signing.worker.js', import.meta.url),
    board = new SigningBoard(),
  ): SigningThread | null {
    if (!existsSync(fileURLToPath(script))) return null;
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(script, {
      workerData: { memory: board.memory, keyPort: port2 },
      transferList: [port2],
    });
    return new SigningThread(worker, port1, board);
  }

  /** Puts an ASCII text on the board; null where it cannot be signed there, because it is too long or the thread is no more. */
  post(text: string, key: UsableKey): Posted | null {
    if (!this.isAlive || text.length > textBytesMax) return null;
    const place = this.posted % placeCount;
    const { states, lengths, keys } = this.board;
    const state = Atomics.load(states, place);
    if (state === placeState.taken) return null;
    // What nobody came for, because its batch was rolled back, makes room.
    if (state === placeState.posted && !this.takeBack(place)) return null;
    this.posted += 1;
    lengths[place] = this.board.textAt(place).write(text, 'latin1');
    keys[place] = this.numberOf(key);
    const round = ((this.rounds[place] ?? 0) + 1) | 0;
    this.rounds[place] = round;
    Atomics.store(states, place, placeState.posted);
    return { place, round };
  }

  /** Lets the thread begin with what was posted. */
  call(): void {
    Atomics.add(this.board.calls, 0, 1);
    Atomics.notify(this.board.calls, 0);
  }

  /** The signature, base64url, once; null where the asker has to sign itself. Waits for one that is being made. */
  collect({ place, round }: Posted): string | null {
    if (this.rounds[place] !== round) return null;
    this.rounds[place] = (round + 1) | 0;
    if (this.takeBack(place)) return null;
    const { states } = this.board;
    if (Atomics.load(states, place) === placeState.taken) {
      if (!this.isAlive || Atomics.wait(states, place, placeState.taken, deadAfterMillis) === 'timed-out') {
        this.isAlive = false;
        return null;
      }
    }
    const signature = this.board.signatureAt(place).toString('base64url');
    Atomics.store(states, place, placeState.free);
    return signature;
  }

  async close(): Promise<void> {
    this.isAlive = false;
    this.keyPort.close();
    await this.worker.terminate();
  }

  /** Frees a place whose text the thread has not begun with. */
  private takeBack(place: number): boolean {
    const { posted, free } = placeState;
    return Atomics.compareExchange(this.board.states, place, posted, free) === posted;
  }

  private numberOf(key: UsableKey): number {
    const known = this.keyNumbers.get(key.kid);
    if (known !== undefined) return known;
    const number = this.keyNumbers.size;
    this.keyPort.postMessage(key.privateKey);
    this.keyNumbers.set(key.kid, number);
    return number;
  }
}
