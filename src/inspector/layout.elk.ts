/** The Eclipse Layout Kernel, loaded when it is first needed: it is a megabyte of program, and a server may never draw. */
import type { ELK, ElkNode } from 'elkjs';

let kernel: Promise<ELK> | null = null;

/** The graph with a place for each of its parts. It takes the thread that calls for as long as it needs. */
export async function laidOut(graph: ElkNode): Promise<ElkNode> {
  kernel ??= import('elkjs/lib/elk.bundled.js').then((module) => new module.default.default());
  return (await kernel).layout(graph);
}
