/** A drawing as SVG: a picture that stands alone, and whose parts can be found by `data-state` and `data-transition`. */
import { box } from './chart.elk.js';
import type { DrawnEdge, Drawing, DrawnState, PlacedLine, Point } from './chart.drawing.js';
import { chartStyle } from './chart.style.js';
import { fontFamily } from './text.width.js';
import { escapedXml } from './xml.js';

const headLength = 9;
const headWidth = 7;
const cornerRadius = 7;

/** The picture. */
export function svgOf(drawing: Drawing): string {
  const { graph, width, height, states, dots, edges } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc" font-family="${escapedXml(fontFamily)}">`,
    `<title id="title">${escapedXml(graph.name)}</title><desc id="desc">${escapedXml(graph.description)}</desc>`,
    `<style>${chartStyle}</style>`,
    `<rect class="chart-paper" width="${width}" height="${height}"/>`,
    ...states.map(stateMarkup),
    ...edges.map(wayMarkup),
    ...dots.map(
      ({ x, y, width: size }) =>
        `<circle class="chart-dot" cx="${at(x + size / 2)}" cy="${at(y + size / 2)}" r="${at(size / 2 - 1)}"/>`,
    ),
    ...edges.map(labelMarkup),
    '</svg>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function stateMarkup({ state, x, y, width, height, lines, rule }: DrawnState): string {
  const open = `<g class="chart-state chart-${state.kind === 'parallel' ? 'region' : state.kind}" data-state="${escapedXml(state.id)}">`;
  const title = `<title>${escapedXml(state.description === '' ? state.name : `${state.name}: ${state.description}`)}</title>`;
  if (state.kind === 'history') {
    const radius = box.history / 2;
    const letter = `<text x="${at(x + radius)}" y="${at(y + radius + 4)}" font-size="12" text-anchor="middle">H</text>`;
    return `${open}${title}<circle class="chart-box" cx="${at(x + radius)}" cy="${at(y + radius)}" r="${radius - 1}"/>${letter}</g>`;
  }
  const inset = 3.5;
  return [
    open,
    title,
    `<rect class="chart-box" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="8"/>`,
    state.kind === 'final'
      ? `<rect class="chart-outline" x="${at(x + inset)}" y="${at(y + inset)}" width="${at(width - 2 * inset)}" height="${at(height - 2 * inset)}" rx="5"/>`
      : '',
    rule === null ? '' : `<path class="chart-rule" d="M${at(x)} ${at(rule)}h${at(width)}"/>`,
    ...lines.map(textMarkup),
    '</g>',
  ].join('');
}

function textMarkup({ role, text, x, y, width, size, weight, transition }: PlacedLine): string {
  const whose = transition === null ? '' : ` data-transition="${escapedXml(transition)}"`;
  // Held to the width that it was given room for.
  const length = text.length > 1 ? ` textLength="${at(width)}" lengthAdjust="spacingAndGlyphs"` : '';
  const bold = weight === 'bold' ? ' font-weight="700"' : '';
  return `<text class="chart-${role}"${whose} x="${at(x)}" y="${at(y)}" font-size="${size}"${bold}${length}>${escapedXml(text)}</text>`;
}

function wayMarkup({ edge, points }: DrawnEdge): string {
  const last = points.at(-1);
  const before = points.at(-2);
  if (last === undefined || before === undefined) return '';
  const whose = edge === null ? '' : ` data-transition="${escapedXml(edge.id)}"`;
  return `<g class="chart-edge"${whose}><path class="chart-way" d="${wayOf(points)}"/><path class="chart-head" d="${headOf(before, last)}"/></g>`;
}

function labelMarkup({ edge, label }: DrawnEdge): string {
  if (edge === null || label === null) return '';
  const { x, y, width, height, lines } = label;
  const title = edge.description === '' ? '' : `<title>${escapedXml(edge.description)}</title>`;
  return [
    `<g class="chart-labelled" data-transition="${escapedXml(edge.id)}">${title}`,
    `<rect class="chart-label" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`,
    ...lines.map(textMarkup),
    '</g>',
  ].join('');
}

/** The way along the points, with round corners. */
function wayOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${at(point.x)} ${at(point.y)}`;
      if (after === undefined) return `L${at(point.x)} ${at(point.y)}`;
      const radius = Math.min(cornerRadius, distance(before, point) / 2, distance(point, after) / 2);
      const entry = towards(point, before, radius);
      const exit = towards(point, after, radius);
      return `L${at(entry.x)} ${at(entry.y)}Q${at(point.x)} ${at(point.y)} ${at(exit.x)} ${at(exit.y)}`;
    })
    .join('');
}

function headOf(before: Point, tip: Point): string {
  const base = towards(tip, before, headLength);
  const side = {
    x: ((tip.y - base.y) / headLength) * (headWidth / 2),
    y: ((base.x - tip.x) / headLength) * (headWidth / 2),
  };
  return `M${at(tip.x)} ${at(tip.y)}L${at(base.x + side.x)} ${at(base.y + side.y)}L${at(base.x - side.x)} ${at(base.y - side.y)}Z`;
}

function distance(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

/** The point so far from one on the way to the other. */
function towards(one: Point, other: Point, length: number): Point {
  const whole = distance(one, other) || 1;
  return { x: one.x + ((other.x - one.x) * length) / whole, y: one.y + ((other.y - one.y) * length) / whole };
}

/** A coordinate, to a tenth of a unit. */
function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
