/** What the client's entries for Node and for browsers have in common. */
export type { SeatAnswer, WhyNot } from './answer.js';
export type { LeaseFault, OwnError, ProblemCode, Refusal, SeatError, SeatErrorCode } from './errors.js';
export type { Device } from './kept.session.js';
export { type Lease, readLease } from './lease.js';
export { Seat, type SeatOutcome } from './seat.js';
export type { SeatClock } from './seat.clock.js';
export type { SeatOptions } from './seat.options.js';
export type { SessionState } from './session.js';
export { memoryStore, type SeatStore, type WebStorage, webStore } from './store.js';
