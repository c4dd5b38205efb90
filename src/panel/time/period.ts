/** Durations of the API (`P30D`) as an amount and a unit, the way people choose them. The server says which are possible. */

export const periodUnits = [
  { value: 'day', label: 'days', seconds: 86_400, before: 'P', after: 'D' },
  { value: 'hour', label: 'hours', seconds: 3_600, before: 'PT', after: 'H' },
  { value: 'minute', label: 'minutes', seconds: 60, before: 'PT', after: 'M' },
  { value: 'second', label: 'seconds', seconds: 1, before: 'PT', after: 'S' },
] as const;

export type PeriodUnit = (typeof periodUnits)[number]['value'];

/** An amount as it was typed, which may be no number, and its unit. */
export interface Period {
  amount: string;
  unit: PeriodUnit;
}

/** The greatest unit in which the duration is a whole number. */
export function periodOf(duration: string): Period {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
  const all = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  const unit = periodUnits.find(({ seconds: length }) => all % length === 0 && all >= length) ?? periodUnits[3];
  return { amount: String(all / unit.seconds), unit: unit.value };
}

/** The duration as the API takes it; of an amount that is no number, a text that it refuses. */
export function durationOf({ amount, unit }: Period): string {
  const { before, after } = periodUnits.find(({ value }) => value === unit) ?? periodUnits[0];
  return `${before}${amount.trim()}${after}`;
}
