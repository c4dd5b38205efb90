/**
 * Two replicas on a PostgreSQL of their own, each behind a proxy of its own and with a system clock of its own, and crowds of clients before
 * them. The first replica is the one that things happen to. It asserts nothing.
 */
import { examine } from '../../../src/doctor/examination.js';
import { readPostgres } from '../../../src/persistence/postgres.reading.js';
import { until } from '../../support/lives.js';
import { issueLicense, type LicenseScene } from '../../support/scene.js';
import { startServer, type TestServer } from '../../support/server.js';
import { RecordedCrowd } from '../linearizability/crowd.recorder.js';
import { OwnPostgres } from './own.postgres.js';
import { PostgresProxy } from './postgres.proxy.js';

/** How far the replicas' system clocks are from the true time, in minutes: the first is fast, the second is slow. */
export const clockErrorMinutes = [7, -5] as const;
export const seatsOfCrowd = 3;

export interface Stage {
  readonly postgres: OwnPostgres;
  readonly proxies: readonly [PostgresProxy, PostgresProxy];
  readonly replicas: readonly [TestServer, TestServer];
}

/** A crowd that asks both replicas, and another tenant's that asks the second only. */
export interface Crowds {
  readonly contested: RecordedCrowd;
  readonly bystanders: RecordedCrowd;
  readonly licenses: readonly LicenseScene[];
}

/** Starts everything. */
export async function openStage(): Promise<Stage> {
  const postgres = await OwnPostgres.start();
  const proxies = [await PostgresProxy.start(postgres.port), await PostgresProxy.start(postgres.port)] as const;
  const replicaOf = (index: 0 | 1): Promise<TestServer> =>
    startServer({
      databaseUrl: postgres.address(proxies[index].port),
      clock: 'system',
      env: { NODE_OPTIONS: shiftedBy(clockErrorMinutes[index]), LOG_LEVEL: 'error' },
    });
  const replicas = [await replicaOf(0), await replicaOf(1)] as const;
  return { postgres, proxies, replicas };
}

export async function closeStage({ postgres, proxies, replicas }: Stage): Promise<void> {
  for (const replica of replicas) await replica.stop();
  for (const proxy of proxies) await proxy.close();
  await postgres.close();
}

/** New licenses, each with its crowd. */
export async function newCrowds({ replicas }: Stage): Promise<Crowds> {
  const licenses = [
    await issueLicense(replicas[1], { seats: seatsOfCrowd }),
    await issueLicense(replicas[1], { seats: seatsOfCrowd }),
  ] as const;
  return {
    contested: new RecordedCrowd(replicas, licenses[0], 6),
    bystanders: new RecordedCrowd([replicas[1]], licenses[1], 4),
    licenses,
  };
}

/** Waits until a crowd has got so many answers more. */
export function moreAnswers(crowd: RecordedCrowd, count: number, millisMax = 30_000): Promise<void> {
  const enough = crowd.answered + count;
  return until(`${count} more answers`, () => crowd.answered >= enough, millisMax);
}

/** Waits until a replica says that it can write. */
export function ready(replica: TestServer): Promise<void> {
  const isReady = async (): Promise<boolean> =>
    (await replica.request('GET', '/health/ready').catch(() => null))?.status === 200;
  return until('the replica is ready', isReady);
}

/** What the doctor finds, past the proxies. */
export async function findingsOn({ postgres }: Stage): Promise<string[]> {
  const { findings } = await readPostgres(postgres.address(), examine);
  return findings.map(({ rule, code, sentence }) => `${rule} ${code}: ${sentence}`);
}

/** Node's options for a process whose system time is wrong by so many minutes. */
function shiftedBy(minutes: number): string {
  const source = `const T=Date,o=${minutes}*60000,n=T.now.bind(T);globalThis.Date=class extends T{constructor(...a){if(a.length)super(...a);else super(n()+o)}static now(){return n()+o}}`;
  return `--import data:text/javascript,${encodeURIComponent(source)}`;
}
