/** One row of the history: the sentence, a person's words, how often, when. */

import type { Transition } from '../api/schema';
import { Moment } from '../time/moment';
import { sentenceOf } from './sentences';
import { momentOfRow } from '../inspector/moment';
import { ProblemLink } from '../shell/problem-link';
import { TextLink } from '../shell/text-link';

export function HistoryRow({ row, device }: { row: Transition; device: string }) {
  const { at, sequence, outcome, reason, note, count, checkIns, ticketId, machine, subjectId } = row;
  const ticket = ticketId ?? (machine === 'supportTicket' ? subjectId : null);
  return (
    <li className="history-row" data-outcome={outcome} data-sequence={sequence}>
      <span className="history-when">
        <Moment at={at} />
      </span>
      <span>
        {sentenceOf(row, device)}
        {count > 1 ? ` (${count} times)` : ''}.
        {checkIns > 0 ? (
          <span className="soft"> Before, it checked in {checkIns === 1 ? 'once' : `${checkIns} times`}.</span>
        ) : null}
        {note === null ? null : <span className="history-note">“{note}”</span>}
        {reason === null ? null : (
          <>
            {' '}
            <ProblemLink code={reason} size="sm">
              What this means
            </ProblemLink>
          </>
        )}
        {ticket === null ? null : (
          <>
            {' '}
            <TextLink to="/support/$ticketId" params={{ ticketId: ticket }} size="sm">
              The ticket
            </TextLink>
          </>
        )}{' '}
        {subjectId === null ? (
          <TextLink to="/inspector/$machineId" params={{ machineId: machine }} search={momentOfRow(row)} size="sm">
            On the chart
          </TextLink>
        ) : (
          <TextLink
            to="/inspector/$machineId/$subjectId"
            params={{ machineId: machine, subjectId }}
            search={{ sequence }}
            size="sm"
          >
            On the chart
          </TextLink>
        )}
      </span>
    </li>
  );
}
