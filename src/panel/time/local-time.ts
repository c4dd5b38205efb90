/** Times between the API, which says them in UTC, and the browser's fields, which say local time to the minute. */

const two = (number: number): string => String(number).padStart(2, '0');

/** A time of the API as a field shows it: `2027-01-31T09:30`. */
export function localOf(time: string): string {
  const date = new Date(time);
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a field says, as a time of the API; null where it is empty or no time. */
export function timeOf(local: string): string | null {
  const millis = Date.parse(local);
  return local === '' || Number.isNaN(millis) ? null : new Date(millis).toISOString();
}
