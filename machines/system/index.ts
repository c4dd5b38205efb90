/** The rules between the machines; everything here is exported by `machines/index.ts` too. */
export { decideAlone, type Imagination, type Imagined } from './alone.js';
export { type ClientDescription, type Command, type CommandType } from './command.js';
export { decide } from './decide.js';
export { issue, type LicenseTerms } from './issue.js';
export { type LastSteps, type Moment, momentOf } from './moment.js';
export { offerRemoteDeactivation, type Offer } from './offer.js';
export { type Outcome, type SystemDecision } from './outcome.js';
export { type Prospect, prospectsOf, type Subject } from './prospects.js';
export {
  type Actor,
  type DeviceRow,
  type Ending,
  type LicenseRow,
  type Rows,
  type SettingRow,
  type TicketRow,
} from './rows.js';
export { settle } from './settle.js';
export { offerTicketTopics } from './topics.js';
export { birthEvents, fieldEvents, type Step } from './step.js';
