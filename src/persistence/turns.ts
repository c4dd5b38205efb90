/** Takes turns: each piece of work starts when the one before it has ended. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` after everything given before; resolves or rejects as it does. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
