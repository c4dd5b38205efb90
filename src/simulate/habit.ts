/** How people use an installation, day by day, by chance: what it does at which moment. It asks nobody and knows no outcome. */
import type { Chance } from '../demo/chance.js';
import { momentsPerDay } from './world.js';

/**
 * `open`: the software starts. `close`: it ends, with the seat held. `sleep` and `wake`: the lid is closed and opened. `quit`: logs out and ends. `kill`: ends without a
 * word, and nothing is kept. `cut` and `mend` are of the network, `turnBack` and `setRight` of the clock. `reinstall`: what was kept is lost;
 * `replace`: the fingerprint, too.
 */
export type ActName =
  | 'open'
  | 'close'
  | 'sleep'
  | 'wake'
  | 'quit'
  | 'kill'
  | 'cut'
  | 'mend'
  | 'turnBack'
  | 'setRight'
  | 'reinstall'
  | 'replace';

export interface Act {
  /** Of the day, from 0. */
  readonly moment: number;
  readonly act: ActName;
}

export const kinds = ['laptop', 'desktop', 'runner', 'traveller', 'guest'] as const;
export type Kind = (typeof kinds)[number];

const morning = 4;
const evening = 9;
const isWeekend = (day: number): boolean => day % 7 >= 5;

/** A machine that sleeps at night is started anew on Mondays. */
const startOf = (day: number): ActName => (day % 7 === 0 ? 'open' : 'wake');

/** A day of an installation. */
type Days = (day: number, chance: Chance) => Act[];

/** The habit of an installation of a kind; each has a memory of its own. */
export function habitOf(kind: Kind): Days {
  const usual = usualDays[kind]();
  const mishaps = mishapsOf(kind);
  return (day, chance) => [...usual(day, chance), ...mishaps(day, chance)].sort((a, b) => a.moment - b.moment);
}

const usualDays: Readonly<Record<Kind, () => Days>> = {
  /** Opened on working days, closed at night with the seat held, at times for weeks. */
  laptop: () => {
    let away = 0;
    return (day, chance) => {
      const opens = morning + chance.whole(0, 2);
      const closes = evening - chance.whole(0, 2);
      const isLeaving = chance.happens(0.02);
      const length = chance.whole(4, 40);
      if (away > 0) {
        away -= 1;
        return [];
      }
      if (isLeaving) away = length;
      if (isWeekend(day)) return [];
      return acts([startOf(day), opens], ['sleep', closes]);
    };
  },
  /** Always on; started anew every ten days or so. */
  desktop: () => {
    let isOn = false;
    return (_day, chance) => {
      const restarts = chance.happens(0.1);
      const moment = chance.whole(0, momentsPerDay - 2);
      if (isOn && !restarts) return [];
      const begin = isOn ? acts(['close', moment], ['open', moment + 1]) : acts(['open', moment]);
      isOn = true;
      return begin;
    };
  },
  /** Jobs that come and go; a few are killed and give nothing back. */
  runner: () => (day, chance) => {
    const jobs = isWeekend(day) ? 0 : chance.whole(1, 3);
    return Array.from({ length: jobs }, (_, job) => {
      const begins = morning + job * 2;
      return acts(['open', begins], [chance.happens(0.06) ? 'kill' : 'quit', begins + 1]);
    }).flat();
  },
  /** On every day, and without a network for days and weeks. */
  traveller: () => {
    let cutFor = 0;
    return (day, chance) => {
      const length = chance.whole(3, 24);
      const leaves = chance.happens(0.08);
      const around = acts([startOf(day), morning], ['sleep', evening]);
      if (cutFor > 0) {
        cutFor -= 1;
        return cutFor === 0 ? [...acts(['mend', 0]), ...around] : around;
      }
      if (!leaves) return around;
      cutFor = length;
      return [...acts(['cut', morning + 2]), ...around];
    };
  },
  /** Comes for a few days, logs out, and stays away. */
  guest: () => {
    let stays = 0;
    let away = 0;
    return (_day, chance) => {
      const [stay, pause] = [chance.whole(1, 4), chance.whole(3, 14)];
      if (stays > 0) {
        stays -= 1;
        return stays === 0 ? acts(['quit', evening]) : [];
      }
      if (away > 0) {
        away -= 1;
        return [];
      }
      [stays, away] = [stay, pause];
      return acts(['open', morning]);
    };
  },
};

/** What goes wrong now and then with whatever machine that stays. */
function mishapsOf(kind: Kind): Days {
  let isBehind = false;
  return (day, chance) => {
    const [cut, back, right, again, replaced] = [0.04, 0.003, 0.5, 0.0015, 0.0015].map((share) =>
      chance.happens(share),
    );
    if (kind === 'runner' || isWeekend(day)) return [];
    const mishaps: Act[] = [];
    if (cut === true && kind !== 'traveller') mishaps.push(...acts(['cut', morning - 1], ['mend', momentsPerDay - 1]));
    if (isBehind && right === true) mishaps.push(...acts(['setRight', morning + 3]));
    else if (!isBehind && back === true) mishaps.push(...acts(['turnBack', morning + 3]));
    isBehind = (isBehind && right !== true) || (!isBehind && back === true);
    if (again === true) mishaps.push(...acts(['reinstall', 1]));
    else if (replaced === true) mishaps.push(...acts(['replace', 1]));
    return mishaps;
  };
}

function acts(...pairs: readonly (readonly [ActName, number])[]): Act[] {
  return pairs.map(([act, moment]) => ({ act, moment }));
}
