/** Few computations at a time, some waiting, and no more. */
import { HashingQueue } from '../../src/people/hashing.queue.js';

/** A computation that ends when it is told to. */
class Held {
  isRunning = false;
  end: () => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  readonly compute = (): Promise<string> => {
    this.isRunning = true;
    return new Promise((resolve, reject) => {
      this.end = () => resolve('done');
      this.fail = reject;
    });
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

const heldOnes = (count: number): Held[] => Array.from({ length: count }, () => new Held());

describe('the queue before the hashing', () => {
  it('runs two at a time, and the others in their order', async () => {
    const queue = new HashingQueue(2, 10);
    const held = heldOnes(5);
    const results = held.map(({ compute }) => queue.run(compute));
    await settle();
    expect(held.map(({ isRunning }) => isRunning)).toEqual([true, true, false, false, false]);
    held[1]?.end();
    await settle();
    expect(held.map(({ isRunning }) => isRunning)).toEqual([true, true, true, false, false]);
    for (const one of held) {
      one.end();
      await settle();
    }
    expect(await Promise.all(results)).toEqual(Array<string>(5).fill('done'));
  });

  it('goes on after one that fails, which is told', async () => {
    const queue = new HashingQueue(1, 10);
    const [first, second] = heldOnes(2);
    const failing = queue.run(first?.compute ?? (() => Promise.resolve('')));
    const waiting = queue.run(second?.compute ?? (() => Promise.resolve('')));
    first?.fail(new Error('no memory'));
    await expect(failing).rejects.toThrow('no memory');
    await settle();
    second?.end();
    expect(await waiting).toBe('done');
    expect(await queue.run(() => Promise.resolve('free again'))).toBe('free again');
  });

  it('refuses what is beyond those who may wait, at once and with a time to come again', async () => {
    const queue = new HashingQueue(2, 3);
    const held = heldOnes(5);
    const results = held.map(({ compute }) => queue.run(compute));
    expect(() => queue.requireRoom()).toThrow(expect.objectContaining({ code: 'overloaded', retryAfterSeconds: 2 }));
    await expect(queue.run(() => Promise.resolve(''))).rejects.toMatchObject({ code: 'overloaded' });
    for (const one of held) {
      one.end();
      await settle();
    }
    await Promise.all(results);
    expect(() => queue.requireRoom()).not.toThrow();
  });
});
