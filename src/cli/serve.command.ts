/** `seatkeeper serve`: the server itself, in this process. */
import type { Command } from './command.js';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Run the server until it is told to stop (SIGTERM, SIGINT)',
  description: [
    'Applies the migrations, makes what a first start needs, and listens. Configured by the environment alone; the README has the table of its variables.',
  ],
  examples: [
    { line: 'seatkeeper serve', meaning: 'listen on 127.0.0.1:3000, with the data in data/seatkeeper.sqlite' },
    {
      line: 'HOST=0.0.0.0 PORT=8080 DATABASE_URL=sqlite:/var/lib/seatkeeper/seats.sqlite seatkeeper serve',
      meaning: 'listen on every address, with the data elsewhere',
    },
  ],
  hasJson: false,
  async run({ environment }) {
    // Loaded only here, because the other commands need nothing of the server and should start at once.
    const { serve } = await import('../serve.js');
    await serve(environment);
    return null;
  },
};
