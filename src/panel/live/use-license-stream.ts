/**
 * Keeps what is remembered of a license as the server has it now, while the page is visible: browsers allow few connections to one
 * server, so a hidden tab holds none and asks for everything when it is looked at again.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Transition } from '../api/schema';
import { presentKey } from '../inspector/inspections.queries';
import { licenseKey, licenseQuery } from '../license/license.queries';
import { sessionQuery } from '../session/use-session';
import { listenToLicense } from './license-stream';

/** Events of one change come together; one question answers them all. */
const gatherMillis = 120;
/** The next question waits for the answer to the one before, but not longer than this. */
const answerMillis = 2_000;

/** @param onTransition is told of each row of the history that is new @param onOpen is told that rows may have been missed */
export function useLicenseStream(
  id: string,
  onTransition: (transition: Transition) => void,
  onOpen?: () => void,
): void {
  const queries = useQueryClient();
  const tell = useRef({ onTransition, onOpen });
  useEffect(() => {
    tell.current = { onTransition, onOpen };
  });
  useEffect(() => {
    let end: (() => void) | null = null;
    const { queryKey } = licenseQuery(id);
    const { ask, cease } = gathered(async () => {
      const keys = [licenseKey(id), presentKey, sessionQuery.queryKey];
      // The server's clock may have been moved; countdowns go by it.
      await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: key })));
    });
    const start = (): void => {
      end ??= listenToLicense(id, {
        onOpen: () => {
          tell.current.onOpen?.();
          ask();
        },
        onLicense: (license) => queries.setQueryData(queryKey, license),
        onSetting: (remoteDeactivation) =>
          queries.setQueryData(queryKey, (license) => license && { ...license, remoteDeactivation }),
        onDevice: ask,
        onTransition: (transition) => {
          tell.current.onTransition(transition);
          ask();
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
      cease();
      stop();
    };
  }, [id, queries]);
}

/** Asks once for many reasons, and not again before it was answered: however much happens, the page keeps up. */
function gathered(question: () => Promise<unknown>): { ask: () => void; cease: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isWanted = false;
  let isOver = false;
  const put = async (): Promise<void> => {
    timer = undefined;
    isWanted = false;
    isAsking = true;
    await Promise.race([question(), new Promise((resolve) => setTimeout(resolve, answerMillis))]);
    isAsking = false;
    if (isWanted && !isOver) ask();
  };
  const ask = (): void => {
    isWanted = true;
    if (!isAsking) timer ??= setTimeout(() => void put(), gatherMillis);
  };
  return {
    ask,
    cease: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
