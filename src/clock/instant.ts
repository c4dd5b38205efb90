/**
 * Instants as the contract writes them: RFC 3339 on the wire, epoch milliseconds everywhere else. It converts between the two
 * and never asks what time it is.
 */

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** The last instant that RFC 3339 can write, in epoch milliseconds. */
export const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Reads an RFC 3339 time, in UTC or with an offset. Fractions finer than a millisecond are cut off.
 *
 * @returns epoch milliseconds, or null where it is no time, names a day that does not exist, or lies outside of 1970 to 9999
 */
export function parseInstant(text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours, offsetMinutes] = match;
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; 1969 can still be 1970 in UTC.
  if (Number(year) < 1969) return null;
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (midnight.getUTCMonth() !== Number(month) - 1 || midnight.getUTCDate() !== Number(day)) return null;
  const offset = sign === undefined ? 0 : (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  const millis = minutes * 60_000 + Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const instant = midnight.getTime() + millis;
  return instant >= 0 && instant <= lastInstant ? instant : null;
}

/** An instant (epoch milliseconds) as RFC 3339 in UTC with milliseconds. */
export function formatInstant(instant: number): string {
  let text = formatted.get(instant);
  if (text === undefined) {
    text = new Date(instant).toISOString();
    if (formatted.size >= formattedMax) formatted.clear();
    formatted.set(instant, text);
  }
  return text;
}

/** The devices of a batch share their instants, so most are asked for again and again. */
const formatted = new Map<number, string>();
const formattedMax = 256;
