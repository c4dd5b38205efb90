/** `seatkeeper license issue`: a license on a running server, and its key. */
import { randomUUID } from 'node:crypto';
import type { SeatError } from '../client/errors.js';
import { notSeatkeeper } from '../client/own-errors.js';
import { type Answer, type Command, WrongUsage } from './command.js';
import { exitsWithServer } from './help.js';
import { required, serverAddress, serverOption, tokenVariable } from './server.option.js';
import { troubleAnswer } from './trouble.js';
import { Vendor } from './vendor.request.js';

interface Issued {
  readonly license: {
    readonly id: string;
    readonly organizationId: string;
    readonly product: string;
    readonly seats: number;
    readonly checkInPeriod: string;
    readonly validUntil: string | null;
    readonly remoteDeactivation: { readonly state: string };
  };
  readonly key: string;
}

export const licenseIssueCommand: Command = {
  name: 'license issue',
  summary: 'Issue a license on a running server; its key is shown once',
  description: [
    'Asks as the operator whose token is in SEATKEEPER_TOKEN. The organization is named by its id, or made with --organization-name.',
    'The key is the first line of the answer and is never shown again; who loses it replaces it. It is a secret: hand it to client software in a variable or a file, and not in the arguments of programs.',
  ],
  options: [
    serverOption,
    { name: 'organization', value: 'ID', meaning: 'The organization that has it' },
    {
      name: 'organization-name',
      value: 'NAME',
      meaning: 'Makes an organization of this name, instead of --organization',
    },
    { name: 'product', value: 'NAME', meaning: 'What it is a license for' },
    { name: 'seats', value: 'NUMBER', meaning: 'How many devices may be active at the same time' },
    {
      name: 'valid-until',
      value: 'TIME',
      meaning: 'When it ends, such as 2027-11-24T00:00:00Z; without end where left out',
    },
    {
      name: 'check-in-period',
      value: 'DURATION',
      meaning: 'How often a device has to connect, such as P30D or PT12H; P30D where left out',
    },
    {
      name: 'support-until',
      value: 'TIME',
      meaning: 'When Support & Upgrade ends; the license is without where left out',
    },
    {
      name: 'remote-deactivation',
      value: 'SETTING',
      meaning: 'Whether owners can deactivate devices remotely: enabled or disabled',
      usual: 'enabled',
    },
  ],
  environment: [[tokenVariable, 'The access token of an operator; there is no option for it, because it is a secret']],
  examples: [
    {
      line: 'seatkeeper license issue --organization-name "Gipfel Surveying" --product Mapper --seats 5',
      meaning: 'a license for a new customer, with the operator’s token in SEATKEEPER_TOKEN',
    },
    {
      line: 'seatkeeper license issue --organization "$ORGANIZATION" --product Mapper --seats 2 --valid-until 2027-12-31T00:00:00Z --check-in-period P7D --json',
      meaning: 'another for a known one, answered as {"license", "key"}',
    },
  ],
  hasJson: true,
  exits: exitsWithServer,
  async run(surroundings, options) {
    const vendor = new Vendor(serverAddress(required(options, 'server')), surroundings);
    const wish = wishOf(options);
    const name = options['organization-name'];
    let organizationId = options['organization'];
    if ((name === undefined) === (organizationId === undefined)) {
      throw new WrongUsage('Either --organization or --organization-name says whose license it is.');
    }
    if (name !== undefined) {
      const refused = await refusalOf(vendor, wish);
      if (refused !== null) return troubleAnswer(refused);
      const made = await vendor.create('v1/organizations', { name });
      if (made.kind !== 'accepted') return troubleAnswer(made.error);
      organizationId = (made.body as { id: string }).id;
    }
    const reply = await vendor.create('v1/licenses', { organizationId, ...wish });
    if (reply.kind === 'accepted') return issuedAnswer(reply.body as Issued);
    const isMade = name !== undefined;
    const sentences = isMade
      ? [`The organization was made all the same: go on with --organization ${organizationId}.`]
      : [];
    return troubleAnswer(reply.error, sentences, isMade ? { organizationId } : {});
  },
};

/**
 * Why the server would not issue such a license to a new organization; null where it would. It is asked for one of an organization that there is not:
 * where that is all that it has to say, it makes nothing of it. So no organization is left behind that nobody has a license for.
 */
async function refusalOf(vendor: Vendor, wish: object): Promise<SeatError | null> {
  const reply = await vendor.create('v1/licenses', { organizationId: randomUUID(), ...wish });
  if (reply.kind === 'accepted') return notSeatkeeper('unreadable', 201);
  return reply.error.code === 'notFound' ? null : reply.error;
}

function wishOf(options: Readonly<Partial<Record<string, string>>>): object {
  const seats = required(options, 'seats');
  if (!/^\d{1,9}$/.test(seats)) throw new WrongUsage('The option --seats takes a whole number.');
  return {
    product: required(options, 'product'),
    seats: Number(seats),
    validUntil: options['valid-until'],
    checkInPeriod: options['check-in-period'],
    supportAndUpgradeUntil: options['support-until'],
    remoteDeactivation: options['remote-deactivation'],
  };
}

function issuedAnswer(issued: Issued): Answer {
  const { id, organizationId, product, seats, checkInPeriod, validUntil, remoteDeactivation } = issued.license;
  const until = validUntil === null ? 'without end' : `until ${validUntil}`;
  return {
    sentences: [
      issued.key,
      `It is the key of license ${id}, and is not shown again.`,
      `${product}, seats ${seats}, ${until}, check-in period ${checkInPeriod}, remote deactivation ${remoteDeactivation.state}.`,
      `It belongs to organization ${organizationId}.`,
    ],
    json: issued,
  };
}
