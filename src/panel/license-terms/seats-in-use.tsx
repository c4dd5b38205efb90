/** The devices that hold more seats than would remain, as the refusal names them. */
import { isProblem, problemIn } from '../api/problem';
import { Note } from '../shell/note';
import { Moment } from '../time/moment';

interface NamedDevice {
  id: string;
  name: string | null;
  deactivationDate: string;
}

export function SeatsInUse({ error }: { error: unknown }) {
  if (!isProblem(error, 'seatsInUse')) return null;
  const { title, remedy, devices, deviceCount } = problemIn(error) as unknown as {
    title: string;
    remedy: string | null;
    devices: NamedDevice[];
    deviceCount: number;
  };
  const others = deviceCount - devices.length;
  return (
    <Note tone="warn" title={title} role="status">
      <ul className="changes" aria-label="Devices that are active">
        {devices.map(({ id, name, deactivationDate }) => (
          <li key={id}>
            {name ?? 'A device without a name'}, at the latest until <Moment at={deactivationDate} />
          </li>
        ))}
        {others > 0 ? <li>and {others} more</li> : null}
      </ul>
      <p>{remedy}</p>
    </Note>
  );
}
