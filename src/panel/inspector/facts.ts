/** The facts of an event as somebody writes them: a JSON object, or nothing. */

/** Null where it is neither. */
export function factsOf(written: string): Record<string, unknown> | null {
  if (written.trim() === '') return {};
  try {
    const facts = JSON.parse(written) as unknown;
    return typeof facts === 'object' && facts !== null && !Array.isArray(facts)
      ? (facts as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Which facts can be written, as they are where they are left out. @param ordinary those of the event */
export function hintOf(ordinary: Record<string, unknown>): string {
  const facts = Object.entries(ordinary).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return facts.length === 0
    ? 'This event brings none but when it happens, such as {"at": "2026-11-24T09:30:00.000Z"}'
    : `As JSON. Ordinary ones: {${facts.join(', ')}}`;
}
