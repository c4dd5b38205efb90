/** What a device does by itself over the days of the story, worked out beforehand. */
import { Chance } from './chance.js';
import { type DeviceRole, storyDays } from './cast.js';

/** A moment at which a device does something. */
export interface Moment {
  /** Days from the beginning, with their fraction. */
  readonly day: number;
  readonly act: 'connect' | 'logOut';
}

/** Twelve moments a day are enough for a story, and fewer are played faster: the clock moves less often. */
const momentsPerDay = 12;

function rounded(day: number): number {
  return Math.round(day * momentsPerDay) / momentsPerDay;
}

/** The moments of a device, in order. */
export function routineOf({ name, habit }: DeviceRole): Moment[] {
  const chance = new Chance(name);
  const moments: Moment[] = [];
  if (habit.kind === 'resident') {
    for (let day = habit.from; day < habit.until; day += habit.everyDays + chance.between(-0.1, 0.1)) {
      moments.push({ day: rounded(day), act: 'connect' });
    }
    return moments;
  }
  let day = habit.from;
  while (day < storyDays - 1) {
    const leaves = day + habit.stayDays * chance.between(0.6, 1.4);
    for (; day < Math.min(leaves, storyDays); day += chance.between(0.9, 1.1))
      moments.push({ day: rounded(day), act: 'connect' });
    day = leaves + 0.3;
    if (day < storyDays) moments.push({ day: rounded(day), act: 'logOut' });
    day += habit.awayDays * chance.between(0.6, 1.4);
  }
  return moments;
}
