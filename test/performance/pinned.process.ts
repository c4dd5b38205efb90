/**
 * Node processes held to one core by `taskset`, so that server and load do not share one. Where `taskset` is missing they
 * run unpinned, and say so once. It never ends a process that it did not start.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

const startMillisMax = 300_000;

/** What to start: a script, what Node is told, the environment, and the path that answers `GET` with 200 once it is ready. */
export interface PinnedProcessOptions {
  script: string;
  nodeArguments?: string[];
  env: Record<string, string>;
  /** A core, or a range of them such as `0-1`. */
  core: number | string;
  port: number;
  readyPath: string;
}

/** A running process. */
export class PinnedProcess {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-10_000);
    };
    process.once('exit', () => child.kill('SIGKILL'));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Starts a process and waits until it answers. Fails with its output where it does not. */
  static async start(options: PinnedProcessOptions): Promise<PinnedProcess> {
    const node = [process.execPath, ...(options.nodeArguments ?? []), options.script];
    const [command = process.execPath, ...rest] = canPin() ? ['taskset', '-c', String(options.core), ...node] : node;
    const env = { PATH: process.env.PATH ?? '', PORT: String(options.port), ...options.env };
    const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new PinnedProcess(child, options.port);
    await started.ready(options.readyPath);
    return started;
  }

  private async ready(path: string): Promise<void> {
    const deadline = Date.now() + startMillisMax;
    while (Date.now() < deadline && this.child.exitCode === null) {
      const ready = await fetch(`http://127.0.0.1:${this.port}${path}`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((done) => setTimeout(done, 25));
    }
    await this.stop();
    throw new Error(`the server did not start:\n${this.output}`);
  }

  /** Forgets the peak of memory so far, where the kernel can. */
  resetPeak(): void {
    try {
      writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5');
    } catch {
      // Without it the peak is that of the whole life of the process.
    }
  }

  /** The peak of resident memory since `resetPeak`, in MiB; null where the system has no /proc. */
  peakMebibytes(): number | null {
    return this.mebibytesOf('VmHWM');
  }

  /** Resident memory now, in MiB; null where the system has no /proc. */
  residentMebibytes(): number | null {
    return this.mebibytesOf('VmRSS');
  }

  private mebibytesOf(name: string): number | null {
    try {
      const line = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
        .split('\n')
        .find((found) => found.startsWith(`${name}:`));
      return line === undefined ? null : Number(line.replace(/\D/g, '')) / 1024;
    } catch {
      return null;
    }
  }

  /** Processor time of all threads so far, in seconds, to the hundredth; null where the system has no /proc. */
  cpuSeconds(): number | null {
    try {
      const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
      const [userTicks, systemTicks] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13);
      return (Number(userTicks) + Number(systemTicks)) / 100;
    } catch {
      return null;
    }
  }

  /** Asks the process to end, and waits for it. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise<void>((done) => this.child.once('exit', () => done()));
    this.child.kill('SIGTERM');
    await ended;
  }
}

/** Holds this process, all of its threads, to one core. False where it cannot. */
export function pinSelf(core: number): boolean {
  if (!canPin()) return false;
  execFileSync('taskset', ['-a', '-p', '-c', String(core), String(process.pid)], { stdio: 'ignore' });
  return true;
}

let pinnable: boolean | undefined;

function canPin(): boolean {
  if (pinnable !== undefined) return pinnable;
  try {
    execFileSync('taskset', ['-c', '0,1', 'true'], { stdio: 'ignore' });
    pinnable = true;
  } catch {
    pinnable = false;
  }
  return pinnable;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
