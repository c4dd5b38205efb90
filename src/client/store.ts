/**
 * Where a session is kept between two runs of the software: one text, read at the start and when another process may have changed it, and written after
 * each change. One that does not answer within `timeoutMillis` counts as one that throws.
 */

export interface SeatStore {
  /** The text that was written last; null where there is none. Throws where it cannot be read. */
  read(): Promise<string | null>;
  /** Keeps a text in place of the one before, whole or not at all. Throws where it cannot. */
  write(text: string): Promise<void>;
  /** Forgets it; harmless where there is none. Throws where it cannot. */
  clear(): Promise<void>;
}

/** Keeps it as long as the program runs. */
export function memoryStore(): SeatStore {
  let kept: string | null = null;
  return {
    read: () => Promise.resolve(kept),
    write: (text) => {
      kept = text;
      return Promise.resolve();
    },
    clear: () => {
      kept = null;
      return Promise.resolve();
    },
  };
}

/** As much of `localStorage` as a store needs. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps it in a browser, for all pages of one origin.
 *
 * @param key one for each product
 * @param storage `localStorage` where left out
 */
export function webStore(key: string, storage?: WebStorage): SeatStore {
  // Asked for anew each time: a browser that forbids it throws at the very name.
  const found = (): WebStorage => storage ?? (globalThis as unknown as { localStorage: WebStorage }).localStorage;
  return {
    read: async () => found().getItem(key),
    write: async (text) => found().setItem(key, text),
    clear: async () => found().removeItem(key),
  };
}
