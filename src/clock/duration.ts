/**
 * ISO 8601 durations as the contract writes them: days, hours, minutes and seconds, never a unit whose length varies or is in
 * doubt (weeks, months, years). It only reads; what is stored and given back is the text as it came.
 */

const pattern = /^P(?=[\dT])(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

/** The same syntax for a JSON Schema; it says nothing about the limits. */
export const durationPattern = pattern.source;

/**
 * The length of an ISO 8601 duration in milliseconds.
 *
 * @param text such as `P30D`, `PT90S` or `P1DT2H3M4.005S`; only seconds may have a fraction, of three digits at most
 * @returns milliseconds, or null where the text is no such duration or longer than can be counted exactly
 */
export function parseDuration(text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const wholeSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const millis = wholeSeconds * 1000 + Number(fraction.padEnd(3, '0'));
  return Number.isSafeInteger(millis) ? millis : null;
}
