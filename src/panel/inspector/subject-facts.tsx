/** What is known of a subject at the moment that is shown. */
import type { Inspection } from '../api/schema';
import { Facts } from '../shell/facts';
import { Countdown } from '../time/countdown';
import { Moment } from '../time/moment';

const shown = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '—' : String(value);

export function SubjectFacts({ inspection }: { inspection: Inspection }) {
  const { machine, state, device, setting, license, isPresent, transition } = inspection;
  const date = device?.deactivationDate ?? null;
  return (
    <Facts
      facts={[
        ['State', <strong key="state">{state ?? 'Not there yet'}</strong>],
        ...(machine === 'device'
          ? ([
              ['Seat', shown(device?.seat)],
              ['Epoch of its activation', shown(device?.epoch)],
              [
                isPresent ? 'Deactivation date' : 'Deactivation date, as recorded',
                date === null ? (
                  '—'
                ) : (
                  <span key="date">
                    <Moment at={date} />
                    {isPresent ? (
                      <div className="soft">
                        <Countdown until={date} after="left" />
                      </div>
                    ) : null}
                  </span>
                ),
              ],
            ] as const)
          : []),
        ...(machine === 'remoteDeactivation' ? [] : ([['Remote deactivation', shown(setting?.state)]] as const)),
        ['Epoch of the setting', shown(setting?.epoch)],
        ...(machine === 'license' ? [] : ([['License', shown(license.status)]] as const)),
        ['Seats', shown(license.seats)],
        [
          'Last transition',
          transition === null ? (
            'None so far'
          ) : (
            <span key="last">
              {transition.event}
              <div className="soft">
                <Moment at={transition.at} />
              </div>
            </span>
          ),
        ],
      ]}
    />
  );
}
