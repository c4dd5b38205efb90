/**
 * The server's time, which may be a test clock far from the browser's. Each answer that says `now` sets it; in between it goes on as
 * the browser's does, or stands still where the server's has.
 */

interface Setting {
  serverMillis: number;
  ownMillis: number;
  /** A test clock moves only when it is told to. */
  isStanding: boolean;
}

let setting: Setting | null = null;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = 0;

/** A test clock is recognised by not having moved for this long. */
const standingMillis = 1_500;

/** Sets the clock. @param now the server's time as it says it */
export function setServerTime(now: string): void {
  const serverMillis = Date.parse(now);
  const ownMillis = Date.now();
  const isSame = setting?.serverMillis === serverMillis;
  if (isSame && setting !== null && ownMillis - setting.ownMillis < standingMillis) return;
  setting = { serverMillis, ownMillis, isStanding: isSame };
  tick();
}

/** The server's present time, in epoch milliseconds. */
export function serverNow(): number {
  if (setting === null) return Date.now();
  return setting.serverMillis + (setting.isStanding ? 0 : Date.now() - setting.ownMillis);
}

function tick(): void {
  second += 1;
  for (const listener of listeners) listener();
}

/** A store that changes each second while somebody looks. */
export const seconds = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    timer ??= setInterval(tick, 1_000);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
  current: (): number => second,
};
