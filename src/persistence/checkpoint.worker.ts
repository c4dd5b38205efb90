/**
 * The checkpoint thread: on a connection of its own, it moves the log of a SQLite file into the file whenever it is asked to, so that
 * no COMMIT waits for that. It reads and changes no row.
 */
import { fdatasyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type { CheckpointAnswer, CheckpointRequest, CheckpointWork } from './checkpoint.thread.js';
import { yieldToCoordinator } from './thread.priority.js';

const { file, descriptor, readersMillisMax } = workerData as CheckpointWork;
const connection = new Sqlite(file, { fileMustExist: true, timeout: readersMillisMax });
// The log is on the disk before the file is written to, and the file before the log is written over.
connection.pragma('synchronous = FULL');
// Nobody waits for it, and moving pages takes a core as much as batches do.
yieldToCoordinator();

parentPort?.on('message', (request: CheckpointRequest) => {
  if (request === 'end') {
    connection.close();
    parentPort?.close();
  } else {
    parentPort?.postMessage(answerTo(request));
  }
});

function answerTo(request: CheckpointRequest): CheckpointAnswer {
  try {
    connection.pragma(`wal_checkpoint(${request})`);
    // SQLite waits for the disk only once everything is moved: then those who write would wait with it.
    if (request === 'PASSIVE') fdatasyncSync(descriptor);
    const [length] = connection.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return { pagesLeft: length === undefined ? 0 : length.log - length.checkpointed };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
