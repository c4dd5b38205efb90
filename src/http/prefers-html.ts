/** Tells a browser that opens a page from a program that asks for data, by the `Accept` header. */

/** Whether an `Accept` header names HTML, and JSON less or not at all; a bare wildcard is no preference. */
export function prefersHtml(accept: string): boolean {
  const weights = new Map<string, number>();
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(type, quality === undefined ? 1 : Number(quality.slice(2)) || 0);
  }
  const html = weights.get('text/html') ?? 0;
  return html > (weights.get('application/json') ?? 0) && html > (weights.get('application/problem+json') ?? 0);
}
