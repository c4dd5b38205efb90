/** Runs the `seatkeeper` command as a shell would see it: what it prints, what it complains about, how it ends. */
import { run } from '../../src/cli/run.js';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** What a test does while the command runs. */
export interface Meanwhile {
  /** Hears each line that is printed. */
  onLine?: (line: string) => void;
  /** Ends it, as Ctrl-C does. */
  stop?: AbortSignal;
}

/** Runs the command in this process. */
export async function seatkeeper(
  line: readonly string[],
  environment: Record<string, string> = {},
  { onLine, stop = new AbortController().signal }: Meanwhile = {},
): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' };
  const code = await run(line, {
    environment,
    print: (text) => {
      outcome.stdout += `${text}\n`;
      onLine?.(text);
    },
    complain: (text) => (outcome.stderr += `${text}\n`),
    draw: null,
    untilStopped: () => stop,
  });
  return { code, ...outcome };
}
