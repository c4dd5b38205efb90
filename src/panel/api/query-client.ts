/** What the panel remembers of the server's answers, and how it asks again. */
import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem';

/** Whether another try can help: the server was away, or had too much to do. */
function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && (error.problem.status === 0 || error.problem.status === 503);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The browser's opinion on being online says nothing about this server.
      networkMode: 'always',
      retry: (count, error) => isPassing(error) && count < 2,
      retryDelay: 800,
      staleTime: 1_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
