/** How often tests have taken each transition, marked on a chart: by colour, by dashes for what they never took, and in words. */

/** By the id of the transition. */
export type Hits = ReadonlyMap<string, number>;

/** A number of times in words. */
export function timesInWords(count: number): string {
  if (count === 0) return 'Never';
  return count === 1 ? 'Once' : `${count.toLocaleString('en')} times`;
}

/** Marks a chart that is drawn, in place of earlier marks. @param hits undefined for no marks */
export function writeHits(chart: Element, hits: Hits | undefined): void {
  for (const title of chart.querySelectorAll('title.chart-taken')) title.remove();
  for (const part of chart.querySelectorAll<SVGElement>('[data-transition]')) {
    const count = hits?.get(part.dataset.transition ?? '');
    if (count === undefined) {
      part.removeAttribute('data-taken');
      continue;
    }
    part.setAttribute('data-taken', count > 0 ? 'yes' : 'no');
    // The lines of a label are told by the label.
    if (part.parentElement?.closest('[data-transition]') === null) part.prepend(titleOf(part, count));
  }
}

/** What a browser shows to a pointer: of several titles the first one. */
function titleOf(part: SVGElement, count: number): SVGTitleElement {
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.setAttribute('class', 'chart-taken');
  const said = part.querySelector(':scope > title')?.textContent ?? '';
  title.textContent = `${said} Taken by the tests: ${timesInWords(count).toLowerCase()}.`.trim();
  return title;
}
