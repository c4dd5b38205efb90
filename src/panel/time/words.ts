/** Times and durations in words, as people of the browser's language and time zone read them. Nothing here reads a clock. */

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A time of the API (RFC 3339) as a local date and time. */
export function momentInWords(time: string): string {
  return dateAndTime.format(Date.parse(time));
}

/** A time of the API as a local date. */
export function dayInWords(time: string): string {
  return dateOnly.format(Date.parse(time));
}

/** The instant in UTC, to the second. */
export function utcInWords(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A span in its two greatest units, rounded down: “29 days 23 hours”, “4 minutes 12 seconds”. */
export function spanInWords(millis: number): string {
  const first = units.findIndex(([, length]) => millis >= length);
  if (first < 0) return '0 seconds';
  let rest = millis;
  const parts = units.slice(first, first + 2).map(([noun, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return { count, noun };
  });
  return parts
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ count, noun }) => counted(count, noun))
    .join(' ');
}

/** How long ago something was, in one unit: “3 days ago”, “Just now”. */
export function agoInWords(millis: number): string {
  const unit = units.find(([, length]) => millis >= length);
  if (unit === undefined || unit[0] === 'second') return 'Just now';
  return `${counted(Math.floor(millis / unit[1]), unit[0])} ago`;
}

/** An ISO 8601 duration of the API in words: `P30D` is “30 days”. What it does not know it gives back. */
export function durationInWords(duration: string): string {
  const [, days, hours, minutes, secondsPart] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
  const parts = [
    [days, 'day'],
    [hours, 'hour'],
    [minutes, 'minute'],
    [secondsPart, 'second'],
  ] as const;
  const words = parts.flatMap(([count, noun]) => (count === undefined ? [] : [counted(Number(count), noun)]));
  return words.length === 0 ? duration : words.join(' ');
}
