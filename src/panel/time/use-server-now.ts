/** The server's time as React sees it: renders again each second. */
import { useSyncExternalStore } from 'react';
import { seconds, serverNow } from './server-clock';

/** Epoch milliseconds. */
export function useServerNow(): number {
  useSyncExternalStore(seconds.subscribe, seconds.current);
  return serverNow();
}
