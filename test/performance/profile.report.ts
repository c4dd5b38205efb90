/**
 * Reads what `node --cpu-prof` wrote and says where the time of the server went: by group, and by function. A sample belongs
 * to the nearest frame, from the inside out, that a group knows; so a buffer copied while signing counts as signing. What the
 * driver does is invisible to the profiler and belongs to the function that called it, so `persistence/` counts as SQLite. A
 * disk that is waited for counts like work.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textTable } from './figures.report.js';

/** A stretch of the monotonic clock, in microseconds, as `process.hrtime` counts it. */
export interface Stretch {
  from: number;
  to: number;
}

interface Frame {
  functionName: string;
  url: string;
  lineNumber: number;
}

interface CpuProfile {
  nodes: { id: number; callFrame: Frame; children?: number[] }[];
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

const functionsShown = 25;
const ownFile = /\/dist\/(src|machines)\/(?:([^/]+)\/)?([^/]+)$/;

const groups: [name: string, matches: RegExp][] = [
  ['sign', /^node:internal\/crypto\/|\/node_modules\/jose\//],
  ['zod', /\/node_modules\/zod\//],
  ['decide', /\/node_modules\/xstate\//],
  ['logging', /\/node_modules\/(pino|sonic-boom|pino-[a-z-]+)\//],
  ['metrics', /\/node_modules\/(prom-client|tdigest|bintrees)\//],
  [
    'fastify and nest',
    /\/node_modules\/(@nestjs|@fastify|fastify|rxjs|find-my-way|avvio|light-my-request|fast-[a-z-]+)\//,
  ],
  ['fastify and nest', /\/node_modules\/(secure-json-parse|reusify|helmet|cookie|@pinojs)\//],
  ['node http', /^node:(_http|net$|http$|internal\/(http|streams|stream_base|timers|dtrace)|_stream|stream)/],
];

/** The report over all profiles in a folder (one for each thread), as text. Only samples within the stretch count. */
export function profileReport(folder: string, stretch: Stretch, answers: number): string {
  const byGroup = new Map<string, number>();
  const byFunction = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
    addSamples(profile, stretch, byGroup, byFunction);
  }
  const total = [...byGroup.values()].reduce((sum, micros) => sum + micros, 0);
  const row = ([name, micros]: [string, number]): string[] => [
    name,
    `${((100 * micros) / total).toFixed(1)} %`,
    (micros / answers).toFixed(2),
  ];
  const sorted = (times: Map<string, number>): [string, number][] => [...times].sort(([, a], [, b]) => b - a);
  return [
    textTable([['group', 'share', 'µs per request'], ...sorted(byGroup).map(row)]),
    textTable([
      ['function (self)', 'share', 'µs per request'],
      ...sorted(byFunction).slice(0, functionsShown).map(row),
    ]),
  ].join('\n\n');
}

function addSamples(
  profile: CpuProfile,
  stretch: Stretch,
  byGroup: Map<string, number>,
  byFunction: Map<string, number>,
): void {
  const parents = new Map<number, number>();
  const frames = new Map<number, Frame>();
  for (const { id, callFrame, children } of profile.nodes) {
    frames.set(id, callFrame);
    for (const child of children ?? []) parents.set(child, id);
  }
  const known = new Map<number, { group: string; title: string }>();
  let at = profile.startTime;
  profile.samples.forEach((node, index) => {
    const micros = profile.timeDeltas[index] ?? 0;
    at += micros;
    if (at < stretch.from || at > stretch.to) return;
    let place = known.get(node);
    if (place === undefined) {
      const stack = stackOf(node, parents, frames);
      place = { group: groupOf(stack), title: titleOf(stack) };
      known.set(node, place);
    }
    byGroup.set(place.group, (byGroup.get(place.group) ?? 0) + micros);
    byFunction.set(place.title, (byFunction.get(place.title) ?? 0) + micros);
  });
}

/** The frames from the innermost to the root. */
function stackOf(node: number, parents: Map<number, number>, frames: Map<number, Frame>): Frame[] {
  const stack: Frame[] = [];
  for (let id: number | undefined = node; id !== undefined; id = parents.get(id)) {
    const frame = frames.get(id);
    if (frame !== undefined) stack.push(frame);
  }
  return stack;
}

function groupOf(stack: Frame[]): string {
  const name = stack[0]?.functionName ?? '';
  if (name === '(idle)') return 'idle';
  if (name === '(program)') return 'outside JavaScript (kernel, V8)';
  if (name === '(garbage collector)') return 'garbage collection';
  let query = false;
  for (const frame of stack) {
    query ||= isQuery(frame);
    const own = ownFile.exec(frame.url);
    if (own?.[2] === 'persistence') continue;
    if (own !== null) return query ? queryGroup(stack) : ownGroup(own[1] ?? '', own[2], own[3] ?? '', frame);
    const group = groups.find(([, matches]) => matches.test(frame.url));
    if (group !== undefined) return query ? queryGroup(stack) : group[0];
  }
  return query ? queryGroup(stack) : 'other';
}

function isQuery({ url }: Frame): boolean {
  return ownFile.exec(url)?.[2] === 'persistence' || /\/node_modules\/(better-sqlite3|typeorm)\//.test(url);
}

/** Which part of a batch a query belongs to, by the words of the functions and files of our own that it was called from. */
function queryGroup(stack: Frame[]): string {
  for (const { functionName, url } of stack) {
    const own = ownFile.exec(url);
    if (own === null) continue;
    const words = `${functionName} ${own[3] ?? ''}`.toLowerCase();
    if (words.includes('commit')) return 'commit';
    if (own[2] === 'persistence') continue;
    if (/load|find|read|select|lock|quer/.test(words)) return 'sqlite load';
    if (/save|write|insert|update|append|record/.test(words)) return 'sqlite save';
  }
  return 'sqlite, other';
}

function ownGroup(root: string, folder: string | undefined, file: string, frame: Frame): string {
  if (root === 'machines') return 'decide';
  if (folder === 'leases' || /sign/i.test(frame.functionName)) return 'sign';
  return `own code: ${folder ?? file}`;
}

function titleOf([frame]: Frame[]): string {
  if (frame === undefined) return '';
  const file = frame.url.replace(/^.*\/(node_modules|dist)\//, '').replace('file://', '');
  const name = frame.functionName === '' ? '(anonymous)' : frame.functionName;
  return file === '' ? name : `${name} ${file}:${frame.lineNumber + 1}`;
}
