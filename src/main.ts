/** `node dist/server/main.js`: the server, configured by the environment alone. */
import { failureSentence } from './cli/failure.js';
import { serve } from './serve.js';

try {
  await serve(process.env);
} catch (error) {
  process.stderr.write(`${failureSentence(error)}\n`);
  process.exit(1);
}
