/** The command line of the bench, parsed once. It reads nothing but the arguments it is given. */
import { parseArgs } from 'node:util';

/** What is measured, in the order of the first round. */
export const workloadNames = ['bare-echo', 'signing-echo', 'check-ins', 'activations', 'reads'] as const;

/** One thing that is measured. */
export type WorkloadName = (typeof workloadNames)[number];

/** The two baselines: measured in every run, because every figure is a ratio to them. */
export const baselineNames = ['bare-echo', 'signing-echo'] as const satisfies readonly WorkloadName[];

/** How to measure. */
export interface BenchOptions {
  /** Seconds that each workload is measured in each round, after its warm-up. */
  seconds: number;
  rounds: number;
  devices: number;
  connections: number;
  workloads: WorkloadName[];
  /** A file for the figures as JSON. */
  json: string | null;
  /** The built server. */
  entry: string;
  /** Where the database is made and removed again; it has to be a disk, not memory. */
  folder: string;
  profile: boolean;
}

/** Reads the arguments. Throws an `Error` with a sentence for what it does not understand. */
export function parseBenchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '5' },
      devices: { type: 'string', default: '20000' },
      connections: { type: 'string', default: '64' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      entry: { type: 'string', default: 'dist/server/main.js' },
      folder: { type: 'string', default: 'data' },
      profile: { type: 'boolean', default: false },
    },
  });
  const chosen = values.only.map(workloadNamed);
  return {
    seconds: positive('seconds', values.seconds),
    rounds: positive('rounds', values.rounds),
    devices: positive('devices', values.devices),
    connections: positive('connections', values.connections),
    workloads: chosen.length === 0 ? [...workloadNames] : [...new Set([...baselineNames, ...chosen])],
    json: values.json ?? null,
    entry: values.entry,
    folder: values.folder,
    profile: values.profile,
  };
}

function workloadNamed(text: string): WorkloadName {
  const name = workloadNames.find((known) => known === text);
  if (name === undefined) throw new Error(`--only takes one of ${workloadNames.join(', ')}, not "${text}"`);
  return name;
}

/** The number above 0 that an option takes. Throws a sentence that names the option where it is none. */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`--${name} takes a number above 0, not "${text}"`);
  return value;
}
