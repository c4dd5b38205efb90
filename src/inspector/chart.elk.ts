/**
 * A chart as the Eclipse Layout Kernel wants it: boxes of known sizes, and edges with labels that lie on them. All sizes are in the
 * units of the drawing.
 */
import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import type { ChartEdge, ChartGraph, ChartState } from './chart.graph.js';
import { type Block, internalsBlock, labelBlock, nameBlock } from './chart.text.js';

/** The id of the whole, which no state can have. */
export const frameId = '(machine)';

export const box = {
  paddingX: 14,
  paddingTop: 8,
  paddingBottom: 10,
  widthMin: 104,
  /** Between the name and what can happen inside. */
  gap: 6,
  /** Beside the name, for how many are in the state. */
  count: 44,
  /** The diameter of the dot in which a state begins, and of a history. */
  dot: 14,
  history: 24,
  /** Around the text of a label. */
  labelPaddingX: 5,
  labelPaddingY: 3,
} as const;

const spacing = {
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.labelLabel': '6',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
};

const layered = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  // Of the strategies this one reads best: what leads back goes around, and the beginning stays first.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '20',
  'elk.randomSeed': '1',
  ...spacing,
};

/** From so many edges on the best places would take minutes. */
const manyEdges = 80;

/** For those: good places, in a second or two. */
const quick = {
  'elk.layered.cycleBreaking.strategy': 'GREEDY',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
  'elk.layered.thoroughness': '1',
};

/** How wide and high a state is that has nothing within, and how much of a state with something within its text takes. */
export interface StateText {
  readonly name: Block;
  readonly internals: Block;
}

export function textOf(state: ChartState): StateText {
  return { name: nameBlock(state), internals: internalsBlock(state) };
}

/** The graph to lay out. */
export function elkGraphOf({ states, edges, initial }: ChartGraph): ElkNode {
  return {
    id: frameId,
    layoutOptions: {
      ...layered,
      ...(edges.length < manyEdges ? {} : quick),
      'elk.padding': '[top=16,left=16,bottom=16,right=16]',
    },
    children: [...states.map(elkNodeOf), ...initialNodes(frameId, initial)],
    edges: [...edges.map(elkEdgeOf), ...initialEdges(frameId, initial), ...states.flatMap(initialEdgesWithin)],
  };
}

/** The id of the dot in which a state begins. */
export function dotIdOf(parent: string): string {
  return `${parent} (initial)`;
}

function elkNodeOf(state: ChartState): ElkNode {
  const { id, kind, children, initial } = state;
  if (kind === 'history') return { id, width: box.history, height: box.history };
  const { name, internals } = textOf(state);
  const width = Math.max(box.widthMin, name.width + 2 * (box.paddingX + box.count), internals.width + 2 * box.paddingX);
  const height = box.paddingTop + name.height + (internals.height > 0 ? box.gap + internals.height : 0);
  if (children.length === 0) return { id, width: Math.ceil(width), height: Math.ceil(height + box.paddingBottom) };
  return {
    id,
    layoutOptions: {
      ...layered,
      'elk.padding': `[top=${Math.ceil(height + box.paddingBottom)},left=16,bottom=16,right=16]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${Math.ceil(width)},${Math.ceil(height + box.paddingBottom)})`,
    },
    children: [...children.map(elkNodeOf), ...initialNodes(id, initial)],
  };
}

function initialNodes(parent: string, initial: string | null): ElkNode[] {
  if (initial === null) return [];
  const layoutOptions = { 'elk.layered.layering.layerConstraint': 'FIRST' };
  return [{ id: dotIdOf(parent), width: box.dot, height: box.dot, layoutOptions }];
}

function initialEdges(parent: string, initial: string | null): ElkExtendedEdge[] {
  return initial === null ? [] : [{ id: `${dotIdOf(parent)} →`, sources: [dotIdOf(parent)], targets: [initial] }];
}

function initialEdgesWithin({ id, initial, children }: ChartState): ElkExtendedEdge[] {
  return [...initialEdges(id, initial), ...children.flatMap(initialEdgesWithin)];
}

function elkEdgeOf(edge: ChartEdge): ElkExtendedEdge {
  const { width, height } = labelBlock(edge);
  return {
    id: edge.key,
    sources: [edge.from],
    targets: [edge.to],
    labels: [
      {
        id: `${edge.key} (label)`,
        text: edge.event,
        width: Math.ceil(width + 2 * box.labelPaddingX),
        height: Math.ceil(height + 2 * box.labelPaddingY),
        layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
      },
    ],
  };
}
