/** Processor time as the kernel counts it in /proc: of this process, and of a process with its children. To the hundredth of a second. */
import { readdirSync, readFileSync } from 'node:fs';

/** What /proc says of one process. */
interface Stat {
  parent: number;
  seconds: number;
  /** Of children that have ended and were waited for. */
  secondsOfEnded: number;
}

/** Processor time so far of this process, all of its threads, in seconds. */
export function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** Processor time of the children of this process that have ended, in seconds; null where the system has no /proc. */
export function secondsOfEndedChildren(): number | null {
  return statOf(process.pid)?.secondsOfEnded ?? null;
}

/** Processor time so far of a process and its children, those that have ended included; null where the system has no /proc. */
export function secondsWithChildren(pid: number): number | null {
  const own = statOf(pid);
  if (own === null) return null;
  let seconds = own.seconds + own.secondsOfEnded;
  for (const name of readdirSync('/proc')) {
    const child = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (child?.parent === pid) seconds += child.seconds;
  }
  return seconds;
}

function statOf(pid: number): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = (field: number): number => Number(fields[field - 3]);
    return {
      parent: ticks(4),
      seconds: (ticks(14) + ticks(15)) / 100,
      secondsOfEnded: (ticks(16) + ticks(17)) / 100,
    };
  } catch {
    return null;
  }
}
