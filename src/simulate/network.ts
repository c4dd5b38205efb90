/** The network of one machine: a `fetch` that is cut for a while, or loses a request or an answer now and then, by chance. */
import type { Chance } from '../demo/chance.js';
import type { Tally } from './tally.js';

/** Shares of requests that do not arrive, and of answers that do not come back. */
const lostShare = { request: 0.004, answer: 0.004 };

export class Network {
  /** Whether nothing gets through. */
  isCut = false;
  /** Whether nothing is lost by chance any more. */
  isSteady = false;

  constructor(
    private readonly chance: Chance,
    private readonly tally: Tally,
  ) {}

  readonly fetch: typeof fetch = async (target, init) => {
    // Drawn each time, so that what happens to one request says nothing about the next.
    const isRequestLost = this.chance.happens(lostShare.request) && !this.isSteady;
    const isAnswerLost = this.chance.happens(lostShare.answer) && !this.isSteady;
    if (this.isCut || isRequestLost) {
      this.tally.count(this.isCut ? 'network.cut' : 'network.requestLost');
      throw new TypeError('The network is away.');
    }
    const response = await fetch(target, init);
    if (!isAnswerLost) return response;
    // What was asked for is done, and nobody hears of it.
    await response.arrayBuffer();
    this.tally.count('network.answerLost');
    throw new TypeError('The connection was cut.');
  };
}
