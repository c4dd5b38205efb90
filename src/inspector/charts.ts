/** The drawings of our machines, made when somebody first looks at one, and kept: the machines do not change while a server runs. */
import { Injectable } from '@nestjs/common';
import { type AnyMachineId, anyMachineIds } from '../../machines/index.js';
import { drawingOf } from './chart.drawing.js';
import { elkGraphOf } from './chart.elk.js';
import { graphOf } from './chart.graph.js';
import { svgOf } from './chart.svg.js';
import { layOut } from './layout.thread.js';
import { ourMachines } from './our.machines.js';

@Injectable()
export class Charts {
  private drawn: Promise<ReadonlyMap<AnyMachineId, string>> | null = null;

  /** The chart of a machine as a picture. Throws where the layout fails; the next one who asks has it tried again. */
  async svg(id: AnyMachineId): Promise<string> {
    this.drawn ??= drawAll().catch((error: unknown) => {
      this.drawn = null;
      throw error;
    });
    const svg = (await this.drawn).get(id);
    if (svg === undefined) throw new Error(`there is no chart of ${id}`);
    return svg;
  }
}

async function drawAll(): Promise<ReadonlyMap<AnyMachineId, string>> {
  const graphs = anyMachineIds.map((id) => [id, graphOf(ourMachines[id])] as const);
  const placed = await layOut(graphs.map(([, graph]) => elkGraphOf(graph)));
  return new Map(
    graphs.map(([id, graph], index) => {
      const layout = placed[index];
      if (layout === undefined) throw new Error(`the layout of ${id} is missing`);
      return [id, svgOf(drawingOf(graph, layout))];
    }),
  );
}
