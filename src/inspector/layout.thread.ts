/** Lays graphs out beside the coordinator's thread, which would stand still for the tenths of a second that it takes. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ElkNode } from 'elkjs';
import { laidOut } from './layout.elk.js';

export type LayoutAnswer = { readonly placed: ElkNode } | { readonly failure: string };

/** The built script of the thread. */
const layoutScript = new URL('./layout.worker.js', import.meta.url);

/**
 * The graphs with places. The thread ends with them: charts are few and are kept. Where there is no built script, as where the server
 * runs from its sources, they are laid out here.
 *
 * @throws where a graph cannot be laid out, or the thread dies
 */
export async function layOut(graphs: readonly ElkNode[], script = layoutScript): Promise<ElkNode[]> {
  if (!existsSync(fileURLToPath(script))) return Promise.all(graphs.map(laidOut));
  const worker = new Worker(script);
  try {
    const placed: ElkNode[] = [];
    for (const graph of graphs) placed.push(await ask(worker, graph));
    return placed;
  } finally {
    void worker.terminate();
  }
}

function ask(worker: Worker, graph: ElkNode): Promise<ElkNode> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the layout thread has ended')));
    worker.once('message', (answer: LayoutAnswer) => {
      if ('placed' in answer) resolve(answer.placed);
      else reject(new Error(answer.failure));
    });
    worker.postMessage(graph);
  });
}
