/** What a client asked for, when, and what it was told: the material of the checker. Plain data. */

/** One request of one client. Times are of one monotonic clock, in milliseconds. */
export interface Operation<Call> {
  readonly call: Call;
  readonly invokedAt: number;
  /** When its answer came; infinite where none came. */
  readonly answeredAt: number;
  /** The answer as one text; null where none came: then it may have happened at any time after, or never. */
  readonly answer: string | null;
}

/** A sequential specification: what one call does to a state, and what it is answered. Pure. */
export interface Model<State, Call> {
  readonly initial: State;
  readonly step: (state: State, call: Call) => { readonly state: State; readonly answer: string };
  /** Equal for equal states only. */
  readonly keyOf: (state: State) => string;
}
