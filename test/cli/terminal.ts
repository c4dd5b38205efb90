/** Runs the `seatkeeper` command as a shell would see it: what it prints, what it complains about, how it ends. */
import { run } from '../../src/cli/run.js';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command in this process. */
export async function seatkeeper(line: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' };
  const code = await run(line, {
    environment,
    print: (text) => (outcome.stdout += `${text}\n`),
    complain: (text) => (outcome.stderr += `${text}\n`),
  });
  return { code, ...outcome };
}
