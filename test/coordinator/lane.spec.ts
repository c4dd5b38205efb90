/** A lane: what shares a batch, in which order, and how much at most. */
import { Lane } from '../../src/coordinator/lane.js';

const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

function recorded(postponed: (batch: readonly number[]) => readonly number[] = () => []) {
  const batches: (readonly number[])[] = [];
  const lane = new Lane<number>((items) => {
    batches.push(items);
    return Promise.resolve(postponed(items));
  });
  const put = (...items: number[]): void => items.forEach((item) => lane.put({ kind: 'item', item }));
  return { lane, batches, put };
}

describe('a lane', () => {
  it('takes what comes in one turn after the other into one batch', async () => {
    const { lane, batches, put } = recorded();
    put(1);
    const second = nextTurn().then(() => put(2, 3));
    const third = second.then(() => nextTurn()).then(() => put(4));
    await third;
    await lane.drained();
    expect(batches).toEqual([[1, 2, 3, 4]]);
  });

  it('does not wait for what does not come in the next turn', async () => {
    const { lane, batches, put } = recorded();
    put(1);
    await lane.drained();
    put(2);
    await lane.drained();
    expect(batches).toEqual([[1], [2]]);
  });

  it('puts no more than 256 into a batch', async () => {
    const { lane, batches, put } = recorded();
    put(...Array.from({ length: 256 }, (_, index) => index));
    const more = nextTurn().then(() => put(256));
    await more;
    await lane.drained();
    expect(batches.map((batch) => batch.length)).toEqual([256, 1]);
  });

  it('puts what has to come again before what came later', async () => {
    let isFirst = true;
    const { lane, batches, put } = recorded((batch) => {
      if (!isFirst) return [];
      isFirst = false;
      put(3);
      return batch.slice(1);
    });
    put(1, 2);
    await lane.drained();
    expect(batches).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('gives work that needs its own turn one between the batches', async () => {
    const { lane, batches, put } = recorded();
    const seen: number[] = [];
    put(1);
    lane.put({ kind: 'work', work: () => Promise.resolve(void seen.push(batches.length)) });
    put(2);
    await lane.drained();
    expect(seen).toEqual([1]);
    expect(batches).toEqual([[1], [2]]);
  });
});
