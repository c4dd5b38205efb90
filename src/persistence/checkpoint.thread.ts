/** The thread that moves a SQLite file's log into the file, as the thread that writes sees it: it is asked one thing at a time. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** `PASSIVE` moves what it can, to the disk, and holds nobody up. `RESTART` has the log begin anew as well; nobody may be writing. */
export type CheckpointRequest = 'PASSIVE' | 'RESTART' | 'end';

export type CheckpointAnswer = { readonly pagesLeft: number } | { readonly failure: string };

/** What the thread is started with. */
export interface CheckpointWork {
  readonly file: string;
  /** The file, open; it stays the starter's. */
  readonly descriptor: number;
  /** How long a restart waits for somebody who reads in the log. */
  readonly readersMillisMax: number;
}

/** The built script of the thread. */
export const checkpointScript = new URL('./checkpoint.worker.js', import.meta.url);

const readersMillisMax = 20;

export class CheckpointThread {
  private answered: ((answer: CheckpointAnswer) => void) | null = null;
  private alive = true;

  private constructor(private readonly worker: Worker) {
    const dead = (): void => {
      this.alive = false;
      this.answered?.({ failure: 'the checkpoint thread has ended' });
    };
    worker.once('error', dead);
    worker.once('exit', dead);
    worker.on('message', (answer: CheckpointAnswer) => this.answered?.(answer));
    worker.unref();
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** Whether there is a script to start; there is none where the server runs from its sources. */
  static canStart(script: URL): boolean {
    return existsSync(fileURLToPath(script));
  }

  static start(file: string, descriptor: number, script: URL): CheckpointThread {
    const workerData: CheckpointWork = { file, descriptor, readersMillisMax };
    return new CheckpointThread(new Worker(script, { workerData }));
  }

  /**
   * Moves the log.
   *
   * @returns how many pages of it are not moved yet
   * @throws where that failed, as on a full disk, and where the thread is no more
   */
  async checkpoint(request: Exclude<CheckpointRequest, 'end'>): Promise<number> {
    if (!this.alive) throw new Error('the checkpoint thread has ended');
    const answer = await new Promise<CheckpointAnswer>((resolve) => {
      this.answered = resolve;
      this.worker.ref();
      this.worker.postMessage(request);
    });
    this.answered = null;
    this.worker.unref();
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.pagesLeft;
  }

  /** Has it close its connection and end. */
  async close(): Promise<void> {
    if (!this.alive) return;
    await new Promise<void>((resolve) => {
      this.worker.once('exit', () => resolve());
      this.worker.ref();
      this.worker.postMessage('end');
    });
  }
}
