/**
 * Keeps what is remembered of a license as the server has it now, while the page is visible: browsers allow few connections to one
 * server, so a hidden tab holds none and asks for everything when it is looked at again.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Transition } from '../api/schema';
import { licenseKey, licenseQuery } from '../license/license.queries';
import { sessionQuery } from '../session/use-session';
import { listenToLicense } from './license-stream';

/** Events of one change come together; one question answers them all. */
const gatherMillis = 120;

/** @param onTransition is told of each row of the history that is new */
export function useLicenseStream(id: string, onTransition: (transition: Transition) => void): void {
  const queries = useQueryClient();
  const tell = useRef(onTransition);
  useEffect(() => {
    tell.current = onTransition;
  });
  useEffect(() => {
    let end: (() => void) | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { queryKey } = licenseQuery(id);
    const refetch = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: licenseKey(id) });
        // The server's clock may have been moved; countdowns go by it.
        void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      }, gatherMillis);
    };
    const start = (): void => {
      end ??= listenToLicense(id, {
        onOpen: refetch,
        onLicense: (license) => queries.setQueryData(queryKey, license),
        onSetting: (remoteDeactivation) =>
          queries.setQueryData(queryKey, (license) => license && { ...license, remoteDeactivation }),
        onDevice: refetch,
        onTransition: (transition) => {
          tell.current(transition);
          refetch();
        },
        // Whether the server is away or the session has ended: this question tells.
        onLost: () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      });
    };
    const stop = (): void => {
      end?.();
      end = null;
    };
    const follow = (): void => (document.hidden ? stop() : start());
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      clearTimeout(timer);
      stop();
    };
  }, [id, queries]);
}
