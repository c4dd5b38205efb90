/** The layout thread: finds places for the boxes of a graph, one graph after the other. It knows nothing of machines. */
import { parentPort } from 'node:worker_threads';
import type { ElkNode } from 'elkjs';
import { laidOut } from './layout.elk.js';
import type { LayoutAnswer } from './layout.thread.js';

parentPort?.on('message', (graph: ElkNode) => {
  void laidOut(graph).then(
    (placed) => answer({ placed }),
    (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
  );
});

function answer(message: LayoutAnswer): void {
  parentPort?.postMessage(message);
}
