/** `seatkeeper demo`: a server with ninety days of history, to look at. It has a database of its own and leaves every other alone. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { systemNow } from '../clock/clock.js';
import { parseConfiguration } from '../config/configuration.js';
import { storyDays } from '../demo/cast.js';
import { play } from '../demo/play.js';
import { programme } from '../demo/programme.js';
import { type Command, CommandFailed } from './command.js';

const folder = 'data/demo';
const dayMillis = 24 * 60 * 60 * 1000;

export const demoCommand: Command = {
  name: 'demo',
  summary: 'Run a server with people, licenses and ninety days of history, to look at',
  description: [
    `Starts a server with the test clock on a new database in ${folder}, whatever DATABASE_URL says, plays ninety days of three customers on it, prints whom to sign in as, and goes on running until it is told to stop. Each run removes what the one before has left.`,
    'Everybody knows its passwords, so it belongs on your own machine only.',
  ],
  examples: [
    { line: 'seatkeeper demo', meaning: 'the demonstration at http://127.0.0.1:3000' },
    { line: 'PORT=8080 seatkeeper demo', meaning: 'the same on another port' },
  ],
  hasJson: false,
  async run({ environment, print }) {
    const { serve } = await import('../serve.js');
    const { host, port } = parseConfiguration(environment);
    // Before anything is removed: the database there may be that of a demonstration that is running.
    await requireFree(host, port);
    rmSync(folder, { recursive: true, force: true });
    const today = Math.floor(systemNow() / dayMillis) * dayMillis;
    const begins = today - storyDays * dayMillis;
    const operatorToken = `ska_${randomBytes(32).toString('base64url')}`;
    const server = await serve(
      {
        LOG_LEVEL: 'warn',
        ...environment,
        DATABASE_URL: `sqlite:${folder}/seatkeeper.sqlite`,
        SEATKEEPER_CLOCK: 'manual',
        SEATKEEPER_OPERATOR_TOKEN: operatorToken,
      },
      { clockBegins: begins, isSilent: true },
    );
    print('Playing ninety days …');
    try {
      await play(server.url, operatorToken, begins);
    } catch (error) {
      await server.stop();
      throw error;
    }
    for (const line of programme(server.url)) print(line);
    return null;
  },
};

/** Throws where somebody listens there already. */
async function requireFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, host, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new CommandFailed(`Port ${port} is in use. Stop the server that runs there, or choose another with PORT.`);
  });
  await new Promise((closed) => probe.close(closed));
}
