/** A time of the API: local date and time, with the instant in UTC as its title. */
import { useServerNow } from './use-server-now';
import { agoInWords, dayInWords, momentInWords, utcInWords } from './words';

/** @param at a time of the API @param only `day` leaves the time of day out */
export function Moment({ at, only }: { at: string; only?: 'day' }) {
  return (
    <time dateTime={at} title={utcInWords(at)}>
      {only === 'day' ? dayInWords(at) : momentInWords(at)}
    </time>
  );
}

/** How long ago a time was; the time itself is the title. */
export function TimeAgo({ at }: { at: string }) {
  const now = useServerNow();
  return (
    <time dateTime={at} title={`${momentInWords(at)} (${utcInWords(at)})`}>
      {agoInWords(now - Date.parse(at))}
    </time>
  );
}
