/** The priority of a thread within its process. It knows nothing of what the thread does. */
import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** How much lower the priority is than that of the process, in the system's steps. */
const niceness = 10;

/**
 * Lets the thread that calls run where the coordinator's waits, and not before it, where both share a core. Where the system does not
 * name its threads, it stays as it is.
 */
export function yieldToCoordinator(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, Math.min(getPriority() + niceness, 19));
  } catch {
    // Then the scheduler decides without our wish.
  }
}
