/** Time as the contract writes it, for the oracle: durations of days, hours, minutes and seconds, and instants. Reads no clock. */

const unitMillis: readonly [RegExp, number][] = [
  [/(\d+)D/, 86_400_000],
  [/(\d+)H/, 3_600_000],
  [/T.*?(\d+)M/, 60_000],
  [/(\d+(?:\.\d+)?)S/, 1_000],
];

/** Milliseconds of an ISO 8601 duration. */
export function durationMillis(duration: string): number {
  return unitMillis.reduce(
    (sum, [pattern, millis]) => sum + Math.round(Number(pattern.exec(duration)?.[1] ?? 0) * millis),
    0,
  );
}

/** An ISO 8601 duration of this many milliseconds, in seconds. */
export function secondsDuration(millis: number): string {
  return `PT${(millis / 1_000).toFixed(3)}S`;
}

/** An instant as the API writes it; null stays null. */
export function instant(millis: number): string;
export function instant(millis: number | null): string | null;
export function instant(millis: number | null): string | null {
  return millis === null ? null : new Date(millis).toISOString();
}
