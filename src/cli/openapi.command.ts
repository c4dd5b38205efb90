/** `seatkeeper openapi`: the description of the interface, for those who generate clients. It needs neither server nor database. */
import type { Command } from './command.js';

export const openapiCommand: Command = {
  name: 'openapi',
  summary: 'Print the description of the interface (OpenAPI 3.1), without a server or a database',
  description: [
    'The same document as a server answers at /openapi.json. It depends on the version of Seatkeeper only, not on the environment; the addresses in its examples are those of a server that is configured by nothing.',
  ],
  examples: [
    { line: 'seatkeeper openapi > openapi.json', meaning: 'keep the document in a file, to generate a client from it' },
    { line: 'seatkeeper openapi --json', meaning: 'the same on one line' },
  ],
  hasJson: true,
  async run() {
    // Loaded only here, as the server is.
    const { interfaceDescription } = await import('../description.js');
    const document = await interfaceDescription();
    return { sentences: [JSON.stringify(document, null, 2)], json: document };
  },
};
