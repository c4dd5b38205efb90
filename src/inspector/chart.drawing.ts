/** A chart with a place for everything, in absolute coordinates: what is drawn, and not yet how. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import { box, dotIdOf, frameId, textOf } from './chart.elk.js';
import type { ChartEdge, ChartGraph, ChartState } from './chart.graph.js';
import { type Block, labelBlock, type Line } from './chart.text.js';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of text with its baseline; `x` is where it begins. */
export interface PlacedLine extends Line {
  readonly x: number;
  readonly y: number;
}

export interface DrawnState extends Rectangle {
  readonly state: ChartState;
  readonly lines: readonly PlacedLine[];
  /** Below the name, where something is within; null where there is nothing but the name. */
  readonly rule: number | null;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DrawnEdge {
  /** Null for the way from a dot to where something begins. */
  readonly edge: ChartEdge | null;
  readonly points: readonly Point[];
  readonly label: (Rectangle & { readonly lines: readonly PlacedLine[] }) | null;
}

export interface Drawing {
  readonly graph: ChartGraph;
  readonly width: number;
  readonly height: number;
  /** Outer ones before what is within them. */
  readonly states: readonly DrawnState[];
  /** The dots in which something begins. */
  readonly dots: readonly Rectangle[];
  readonly edges: readonly DrawnEdge[];
}

/** Puts a chart at the places that the layout has found. @param laidOut the graph of `elkGraphOf`, with places */
export function drawingOf(graph: ChartGraph, laidOut: ElkNode): Drawing {
  const places = new Map<string, Rectangle>();
  placeBelow(laidOut, { x: 0, y: 0 }, places);
  const states = flattened(graph.states);
  const edges = new Map(graph.edges.map((edge) => [edge.key, edge]));
  const parents = [frameId, ...states.map(({ id }) => id)];
  return {
    graph,
    width: Math.ceil(laidOut.width ?? 0),
    height: Math.ceil(laidOut.height ?? 0),
    states: states.map((state) => drawnState(state, placeOf(places, state.id))),
    dots: parents.flatMap((id) => places.get(dotIdOf(id)) ?? []),
    edges: (laidOut.edges ?? []).map((edge) => drawnEdge(edge, edges.get(edge.id) ?? null, places)),
  };
}

function placeBelow(node: ElkNode, origin: Point, places: Map<string, Rectangle>): void {
  const place = {
    x: origin.x + (node.x ?? 0),
    y: origin.y + (node.y ?? 0),
    width: node.width ?? 0,
    height: node.height ?? 0,
  };
  places.set(node.id, place);
  for (const child of node.children ?? []) placeBelow(child, place, places);
}

function placeOf(places: ReadonlyMap<string, Rectangle>, id: string): Rectangle {
  const place = places.get(id);
  if (place === undefined) throw new Error(`the layout has no place for ${id}`);
  return place;
}

function flattened(states: readonly ChartState[]): ChartState[] {
  return states.flatMap((state) => [state, ...flattened(state.children)]);
}

function drawnState(state: ChartState, place: Rectangle): DrawnState {
  const { name, internals } = textOf(state);
  const nameLines = placeLines(name, place.x, place.y + box.paddingTop, place.width);
  const rule = place.y + box.paddingTop + name.height + box.gap / 2;
  const inner = placeLines(internals, place.x + box.paddingX, rule + box.gap / 2, internals.width);
  return {
    ...place,
    state,
    lines: state.kind === 'history' ? [] : [...nameLines, ...inner],
    rule: internals.lines.length > 0 || state.children.length > 0 ? rule : null,
  };
}

/** Lines from `top` on, each in its indent, or centred in `width`. */
function placeLines({ lines }: Block, left: number, top: number, width: number): PlacedLine[] {
  let bottom = top;
  return lines.map((line) => {
    bottom += line.height;
    const x = line.indent === null ? left + (width - line.width) / 2 : left + line.indent;
    // What hangs below the line is about a quarter of the size.
    return { ...line, x, y: bottom - (line.height - line.size) / 2 - line.size / 5 };
  });
}

function drawnEdge(elk: ElkExtendedEdge, edge: ChartEdge | null, places: ReadonlyMap<string, Rectangle>): DrawnEdge {
  const origin = placeOf(places, elk.container ?? frameId);
  const [section] = elk.sections ?? [];
  const [label] = elk.labels ?? [];
  const ends = section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  const points = ends.map(({ x, y }) => ({ x: origin.x + x, y: origin.y + y }));
  if (edge === null || label === undefined) return { edge, points, label: null };
  const place = {
    x: origin.x + (label.x ?? 0),
    y: origin.y + (label.y ?? 0),
    width: label.width ?? 0,
    height: label.height ?? 0,
  };
  const lines = placeLines(labelBlock(edge), place.x, place.y + box.labelPaddingY, place.width);
  return { edge, points, label: { ...place, lines } };
}
