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
