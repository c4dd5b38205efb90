/** The figures of a run: medians over the rounds, ratios to the baselines, a table to read. It measures nothing. */
import { type WorkloadName } from './bench.options.js';

/** One workload in one round. */
export interface Figure {
  workload: WorkloadName;
  round: number;
  requestsPerSecond: number;
  p50Millis: number;
  p99Millis: number;
  peakMebibytes: number | null;
  /** Processor time of the server for one request: hardly moves when something else takes the core for a while. */
  cpuMicros: number | null;
  wrong: number;
}

/** One workload over all rounds: medians; the ratios are the medians of each round's ratio. Peak memory is the highest. */
export interface Summary {
  workload: WorkloadName;
  requestsPerSecond: number;
  requestsPerSecondLeast: number;
  requestsPerSecondMost: number;
  p50Millis: number;
  p99Millis: number;
  peakMebibytes: number | null;
  cpuMicros: number | null;
  ratioToBareEcho: number;
  ratioToSigningEcho: number;
  wrong: number;
}

/** Sums up the rounds, workloads in the order in which they were first measured. */
export function summarize(figures: readonly Figure[]): Summary[] {
  const first = figures.filter(({ round }) => round === 1).map(({ workload }) => workload);
  return first.map((workload) => {
    const own = figures.filter((figure) => figure.workload === workload);
    const rates = own.map((figure) => figure.requestsPerSecond);
    const peaks = own.flatMap(({ peakMebibytes }) => (peakMebibytes === null ? [] : [peakMebibytes]));
    const cpu = own.flatMap(({ cpuMicros }) => (cpuMicros === null ? [] : [cpuMicros]));
    const ratioTo = (baseline: WorkloadName): number =>
      median(own.map((figure) => figure.requestsPerSecond / rateOf(figures, baseline, figure.round)));
    return {
      workload,
      requestsPerSecond: median(rates),
      requestsPerSecondLeast: Math.min(...rates),
      requestsPerSecondMost: Math.max(...rates),
      p50Millis: median(own.map((figure) => figure.p50Millis)),
      p99Millis: median(own.map((figure) => figure.p99Millis)),
      peakMebibytes: peaks.length === 0 ? null : Math.max(...peaks),
      cpuMicros: cpu.length === 0 ? null : median(cpu),
      ratioToBareEcho: ratioTo('bare-echo'),
      ratioToSigningEcho: ratioTo('signing-echo'),
      wrong: own.reduce((sum, figure) => sum + figure.wrong, 0),
    };
  });
}

/** The summary as a table of text. */
export function tableOf(summaries: readonly Summary[]): string {
  const head = [
    'workload',
    'requests/s',
    'least..most',
    'p50 ms',
    'p99 ms',
    'peak MiB',
    'cpu µs',
    'to bare',
    'to signing',
    'wrong',
  ];
  const rows = summaries.map((summary) => [
    summary.workload,
    whole(summary.requestsPerSecond),
    `${whole(summary.requestsPerSecondLeast)}..${whole(summary.requestsPerSecondMost)}`,
    summary.p50Millis.toFixed(2),
    summary.p99Millis.toFixed(2),
    summary.peakMebibytes === null ? '?' : whole(summary.peakMebibytes),
    summary.cpuMicros === null ? '?' : summary.cpuMicros.toFixed(1),
    summary.ratioToBareEcho.toFixed(2),
    summary.ratioToSigningEcho.toFixed(2),
    String(summary.wrong),
  ]);
  return textTable([head, ...rows]);
}

/** Lines of columns: the first to the left, the others to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

function rateOf(figures: readonly Figure[], workload: WorkloadName, round: number): number {
  const figure = figures.find((candidate) => candidate.workload === workload && candidate.round === round);
  return figure?.requestsPerSecond ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** A rounded number with commas between thousands. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
