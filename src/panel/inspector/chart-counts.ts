/** How many are in each state, as a number on the corner of its box. */

/** By the name of the state. */
export type Counts = ReadonlyMap<string, number>;

const svg = 'http://www.w3.org/2000/svg';
const height = 18;
const perCharacter = 7.2;
const padding = 12;

const inShort = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Writes the numbers into a chart that is drawn, in place of earlier ones. */
export function writeCounts(chart: Element, counts: Counts): void {
  for (const state of chart.querySelectorAll<SVGElement>('g[data-state]')) {
    const count = counts.get(state.dataset.state ?? '');
    const box = state.querySelector<SVGRectElement>('rect.chart-box');
    if (count === undefined || box === null) continue;
    const badge = state.querySelector<SVGGElement>('.chart-count') ?? state.appendChild(newBadge());
    const words = inShort.format(count);
    const width = words.length * perCharacter + padding;
    const { x, y, width: boxWidth } = box;
    // Across the corner, so that it hides neither the name nor a way that ends in the middle of a side.
    badge.setAttribute(
      'transform',
      `translate(${x.baseVal.value + boxWidth.baseVal.value - width + height / 2} ${y.baseVal.value - height / 2})`,
    );
    const [frame, text] = badge.children;
    frame?.setAttribute('width', String(width));
    text?.setAttribute('x', String(width / 2));
    if (text !== undefined && text.textContent !== words) text.textContent = words;
  }
}

function newBadge(): SVGGElement {
  const badge = document.createElementNS(svg, 'g');
  badge.setAttribute('class', 'chart-count');
  const frame = badge.appendChild(document.createElementNS(svg, 'rect'));
  frame.setAttribute('height', String(height));
  frame.setAttribute('rx', String(height / 2));
  const text = badge.appendChild(document.createElementNS(svg, 'text'));
  text.setAttribute('y', '13');
  text.setAttribute('text-anchor', 'middle');
  text.setAttribute('font-size', '12');
  return badge;
}
