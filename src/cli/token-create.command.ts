/** `seatkeeper token create`: an access token for a program or a person, of a running server. */
import type { Command } from './command.js';
import { exitsWithServer } from './help.js';
import { required, serverAddress, serverOption, tokenVariable } from './server.option.js';
import { troubleAnswer } from './trouble.js';
import { Vendor } from './vendor.request.js';

interface IssuedToken {
  readonly role: string;
  readonly name: string;
  readonly token: string;
}

export const tokenCreateCommand: Command = {
  name: 'token create',
  summary: 'Make an access token on a running server, shown once',
  description: [
    'Asks as whoever the token in SEATKEEPER_TOKEN is: an operator gives every role, an owner or a manager those of their own organization up to their own.',
    'The new token is the first line of the answer and is never shown again. It is a secret: keep it in a variable or a file, and out of the arguments of programs, which everybody on a machine can read.',
  ],
  options: [
    serverOption,
    { name: 'role', value: 'ROLE', meaning: 'operator, support, owner, manager, editor or reader' },
    { name: 'name', value: 'NAME', meaning: 'What people read in the list of tokens', usual: 'Command line' },
    { name: 'organization', value: 'ID', meaning: 'Whose it is; needed for owner, manager, editor and reader' },
  ],
  environment: [[tokenVariable, 'The access token of who asks; there is no option for it, because it is a secret']],
  examples: [
    {
      line: 'seatkeeper token create --role support --name "Help desk"',
      meaning: 'a token of the support, with the operator’s in SEATKEEPER_TOKEN',
    },
    {
      line: 'seatkeeper token create --role reader --organization "$ORGANIZATION" --json',
      meaning: 'the same of an organization, answered as {"id", "role", "organizationId", "name", "token"}',
    },
  ],
  hasJson: true,
  exits: exitsWithServer,
  async run(surroundings, options) {
    const vendor = new Vendor(serverAddress(required(options, 'server')), surroundings);
    const { name, organization: organizationId } = options;
    const reply = await vendor.create('v1/tokens', { role: required(options, 'role'), name, organizationId });
    if (reply.kind !== 'accepted') return troubleAnswer(reply.error);
    const issued = reply.body as IssuedToken;
    return {
      sentences: [issued.token, `It is “${issued.name}”, acts as ${issued.role}, and is not shown again.`],
      json: issued,
    };
  },
};
