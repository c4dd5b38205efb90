#!/usr/bin/env node
/** The `seatkeeper` command. */
import { run } from './run.js';

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
});
