/** The command line of the bench of scale, parsed once. It reads nothing but the arguments it is given. */
import { parseArgs } from 'node:util';
import { positive } from './bench.options.js';

/** What is measured, in its order. */
export const partNames = ['check-ins', 'activations', 'sweep'] as const;

/** One thing that is measured. */
export type PartName = (typeof partNames)[number];

/** What is compared, and how long it is measured. */
export interface ScaleOptions {
  parts: PartName[];
  /** Devices of the large database, half of them on licenses of two seats. */
  devices: number;
  /** Devices of the small one, all on licenses of two seats. */
  small: number;
  /** Seats of the large licenses. */
  seats: number;
  /** Devices that the sweep finds overdue. */
  overdue: number;
  rounds: number;
  /** Seconds that each workload is measured in each round, after its warm-up. */
  seconds: number;
  connections: number;
  /** A file for the figures as JSON. */
  json: string | null;
  /** The built server. */
  entry: string;
  /** Where the databases are made and removed again; it has to be a disk, not memory. */
  folder: string;
  /** Where grown databases are kept for the next run; null where each run grows its own. */
  keep: string | null;
}

/** Reads the arguments. Throws an `Error` with a sentence for what it does not understand. */
export function parseScaleOptions(args: string[]): ScaleOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      devices: { type: 'string', default: '1000000' },
      small: { type: 'string', default: '1000' },
      seats: { type: 'string', default: '20000' },
      overdue: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '64' },
      json: { type: 'string' },
      entry: { type: 'string', default: 'dist/server/main.js' },
      folder: { type: 'string', default: 'data' },
      keep: { type: 'string' },
    },
  });
  const chosen = values.only.map(partNamed);
  return {
    parts: chosen.length === 0 ? [...partNames] : chosen,
    devices: positive('devices', values.devices),
    small: positive('small', values.small),
    seats: positive('seats', values.seats),
    overdue: positive('overdue', values.overdue),
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    connections: positive('connections', values.connections),
    json: values.json ?? null,
    entry: values.entry,
    folder: values.folder,
    keep: values.keep ?? null,
  };
}

function partNamed(text: string): PartName {
  const name = partNames.find((known) => known === text);
  if (name === undefined) throw new Error(`--only takes one of ${partNames.join(', ')}, not "${text}"`);
  return name;
}
