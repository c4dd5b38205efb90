/** The time left until an instant, counting down by the server's clock. */
import { useServerNow } from './use-server-now';
import { spanInWords, utcInWords } from './words';

/**
 * @param until a time of the API
 * @param after what stands behind the span, such as “left”
 * @param passed what to show once it is over
 */
export function Countdown({ until, after = '', passed = 'now' }: { until: string; after?: string; passed?: string }) {
  const left = Date.parse(until) - useServerNow();
  return (
    <time dateTime={until} title={utcInWords(until)} className="countdown">
      {left > 0 ? `${spanInWords(left)}${after && ` ${after}`}` : passed}
    </time>
  );
}
