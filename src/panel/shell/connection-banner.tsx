/** Says that the server does not answer, tries until it does, and then has everything asked again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { connection, noteConnection } from '../api/connection';

const tryEachMillis = 1_500;

export function ConnectionBanner() {
  const isLost = useSyncExternalStore(connection.subscribe, connection.isLost);
  const queries = useQueryClient();
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(() => {
      fetch('/health/live').then(
        (response) => {
          if (!response.ok) return;
          noteConnection(true);
          void queries.invalidateQueries();
        },
        () => {},
      );
    }, tryEachMillis);
    return () => clearInterval(timer);
  }, [isLost, queries]);
  return (
    <div role="status">{isLost ? <div className="connection-banner">Connection lost, trying again</div> : null}</div>
  );
}
