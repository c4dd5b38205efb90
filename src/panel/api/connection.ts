/** Whether the server answers: the last request or stream tells. A store outside of React, since requests are. */

let isLost = false;
const listeners = new Set<() => void>();

/** To be told by whoever sent something: an answer came, or none did. */
export function noteConnection(answered: boolean): void {
  if (isLost === !answered) return;
  isLost = !answered;
  for (const listener of listeners) listener();
}

export const connection = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isLost: (): boolean => isLost,
};
