/**
 * Two replicas under load while something goes wrong. After each fault everything that was acknowledged is explained by a license that does
 * one thing after the other, the doctor finds nothing, and the other tenants went on. `FAULT_ROUNDS` says how often each happens.
 */
import type { Device } from '../support/representations.js';
import { activate, issueLicense } from '../support/scene.js';
import { onPostgres } from '../support/postgres.js';
import { until } from '../support/lives.js';
import { unexplainedIn } from './linearizability/explained.js';
import {
  type Crowds,
  closeStage,
  findingsOn,
  moreAnswers,
  newCrowds,
  openStage,
  ready,
  seatsOfCrowd,
  type Stage,
} from './faults/stage.js';

const rounds = Number(process.env.FAULT_ROUNDS ?? 1);
/** Answers between one step of a fault and the next. */
const answers = Number(process.env.FAULT_ANSWERS ?? 60);
const poison = 'poison-of-the-test';

/** A statement that PostgreSQL rejects fails its whole transaction, whoever else is in it. */
const refusePoison = `
  CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.fingerprint = '${poison}' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$;
  CREATE TRIGGER poison BEFORE INSERT ON device FOR EACH ROW EXECUTE FUNCTION refuse_poison()`;

interface Fault {
  readonly what: string;
  /** Lets it happen and be over. */
  readonly strike: (stage: Stage, crowds: Crowds) => Promise<void>;
}

const faults: readonly Fault[] = [
  {
    what: 'a replica is killed',
    strike: async ({ replicas }, { bystanders, contested }) => {
      await replicas[0].kill();
      await moreAnswers(bystanders, answers);
      await moreAnswers(contested, answers);
      await replicas[0].start();
    },
  },
  {
    what: 'all connections are terminated',
    strike: async ({ postgres }) => {
      const sql = `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE application_name = 'seatkeeper'`;
      expect(await onPostgres(postgres.address(), sql)).toContainEqual({ ended: true });
    },
  },
  {
    what: 'PostgreSQL is stopped at once and started',
    strike: async ({ postgres, replicas }) => {
      await postgres.stopAtOnce();
      expect((await replicas[1].request('GET', '/health/live')).status).toBe(200);
      await until('it is noticed', async () => (await replicas[1].request('GET', '/health/ready')).status === 503);
      await postgres.startAgain();
    },
  },
  {
    what: 'the answers to five COMMITs are lost',
    strike: async ({ proxies }, { bystanders }) => {
      const before = proxies[0].answersLost;
      proxies[0].loseAnswersToCommit(5);
      await until('five answers are lost', () => proxies[0].answersLost === before + 5);
      await moreAnswers(bystanders, answers);
    },
  },
  {
    what: 'a replica is paused while it holds the lock of a license',
    strike: async ({ proxies, replicas }, { bystanders, contested }) => {
      const { pid } = replicas[0];
      if (pid === null) throw new Error('the replica is not there');
      let isPaused = false;
      proxies[0].onceLocked(() => {
        process.kill(pid, 'SIGSTOP');
        isPaused = true;
      });
      try {
        await until('it holds a lock', () => isPaused);
        await moreAnswers(bystanders, answers);
        await moreAnswers(contested, answers);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    },
  },
  {
    what: 'commands make their transactions fail',
    strike: async ({ replicas }, { bystanders }) => {
      // Several licenses, so that every lane gets some.
      for (let turn = 0; turn < 5; turn += 1) {
        const { auth } = await issueLicense(replicas[1]);
        const poisonous = Array.from({ length: 4 }, () =>
          replicas[1].request('POST', '/v1/devices', { auth, body: { fingerprint: poison } }),
        );
        for (const { status } of await Promise.all(poisonous)) expect(status).toBe(500);
      }
      await moreAnswers(bystanders, answers);
    },
  },
];

describe('two replicas on PostgreSQL', () => {
  let stage: Stage;
  const figures = { operations: 0, unanswered: 0, faults: 0, lost: 0 };
  beforeAll(async () => {
    stage = await openStage();
    await onPostgres(stage.postgres.address(), refusePoison);
  }, 240_000);
  afterAll(async () => {
    await closeStage(stage);
    const { operations, unanswered, lost } = figures;
    process.stdout.write(
      `faults: ${figures.faults} under load, ${operations} operations acknowledged, ${unanswered} without an answer, ${lost} lost\n`,
    );
  }, 240_000);

  async function liveThrough(strike: Fault['strike'] | null): Promise<void> {
    const crowds = await newCrowds(stage);
    const { contested, bystanders } = crowds;
    let hasEnded = false;
    const lives = [contested, bystanders].map((crowd) => crowd.live(() => hasEnded));
    try {
      await moreAnswers(contested, answers);
      await moreAnswers(bystanders, answers);
      await strike?.(stage, crowds);
      for (const replica of stage.replicas) await ready(replica);
      await moreAnswers(contested, answers);
      await moreAnswers(bystanders, answers);
    } finally {
      hasEnded = true;
    }
    await Promise.all(lives);
    for (const crowd of [contested, bystanders]) {
      await crowd.readEverything();
      const unexplained = unexplainedIn(crowd, seatsOfCrowd);
      figures.lost += crowd.surprises.length + unexplained.length;
      expect(crowd.surprises).toEqual([]);
      expect(unexplained).toEqual([]);
      figures.operations += crowd.answered;
      figures.unanswered += crowd.unanswered;
    }
    expect(await findingsOn(stage)).toEqual([]);
    if (strike !== null) figures.faults += 1;
  }

  it('are one server to their clients, though their clocks are twelve minutes apart', async () => {
    await liveThrough(null);
    const license = await issueLicense(stage.replicas[0]);
    const device = await activate(stage.replicas[0], license);
    for (const replica of stage.replicas) {
      const { body } = await replica.request<{ device: Device }>('POST', `/v1/devices/${device.id}/check-in`, {
        auth: device.auth,
      });
      const [now] = await onPostgres<{ now: Date }>(stage.postgres.address(), 'SELECT now() AS now');
      expect(Math.abs(Date.parse(body.device.lastSeenAt ?? '') - (now?.now.getTime() ?? 0))).toBeLessThan(10_000);
    }
  }, 240_000);

  it.each(faults.map((fault) => [fault.what, fault] as const))(
    'lose nothing when %s',
    async (_what, { strike }) => {
      for (let round = 0; round < rounds; round += 1) await liveThrough(strike);
    },
    60_000 + rounds * 60_000,
  );
});
