#!/usr/bin/env node
/** The `seatkeeper` command. */
import { run } from './run.js';

// Whoever reads may have seen enough, as `head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  // Back to the beginning of the line, and what is right of the cursor erased.
  draw: process.stderr.isTTY ? (line) => void process.stderr.write(`\r${line}\u001b[K`) : null,
  untilStopped: () => {
    const stopped = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
    return stopped.signal;
  },
});
