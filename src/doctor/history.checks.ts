/** R9 and R11 as far as a question can ask: the history ends where its license says, and its rows are about something. */
import type { RowCheck } from './row.check.js';

export const historyChecks: readonly RowCheck[] = [
  {
    code: 'lastSequenceUnfit',
    rule: 'R11',
    question: `SELECT id AS license_id, last_sequence AS sequence, highest FROM (
        SELECT l.id, l.last_sequence,
          coalesce((SELECT max(t.sequence) FROM transition t WHERE t.license_id = l.id), 0) AS highest FROM license l
      ) ends WHERE last_sequence <> highest`,
    sentence: ({ license_id, sequence, highest }) =>
      `License ${license_id} says its history ends with row ${sequence}, but it ends with ${highest}.`,
  },
  {
    code: 'deviceWithoutHistory',
    rule: 'R11',
    question: `SELECT d.license_id, d.id AS device_id FROM device d
      WHERE NOT EXISTS (SELECT 1 FROM transition t WHERE t.subject_id = d.id)`,
    sentence: ({ device_id }) => `Device ${device_id} has no history.`,
  },
  {
    code: 'forcedWithoutTicket',
    rule: 'R9',
    question: `SELECT t.license_id, t.sequence, t.event FROM transition t LEFT JOIN support_ticket s ON s.id = t.ticket_id
      WHERE t.event IN ('forceDeactivate', 'forceEnable') AND t.outcome = 'accepted'
        AND (s.id IS NULL OR s.license_id <> t.license_id OR s.topic <> 'deviceDeactivation')`,
    sentence: ({ license_id, sequence, event }) =>
      `Row ${sequence} of license ${license_id} (${event}) names no ticket about device deactivation of that license.`,
  },
  {
    code: 'rowBeforeItHeld',
    rule: 'R11',
    question: `SELECT license_id, sequence FROM transition WHERE at > recorded_at`,
    sentence: ({ license_id, sequence }) =>
      `Row ${sequence} of license ${license_id} was recorded before the time at which it holds.`,
  },
  {
    code: 'refusalUnfit',
    rule: 'R11',
    question: `SELECT license_id, sequence FROM transition WHERE outcome NOT IN ('accepted', 'refused') OR count < 1
      OR (outcome = 'refused' AND (reason IS NULL OR from_state IS DISTINCT FROM to_state))
      OR (outcome = 'accepted' AND (reason IS NOT NULL OR to_state IS NULL))`,
    sentence: ({ license_id, sequence }) =>
      `Row ${sequence} of license ${license_id} is neither an accepted step nor a refusal with its reason.`,
  },
];
