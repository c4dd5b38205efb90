/** Occupied seats over time as steps below the line of all seats, with refused activations as marks. */
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Occupancy } from '../api/schema';
import { dayInWords, momentInWords } from '../time/words';

interface Point {
  at: number;
  active?: number;
  /** Null where the history does not know it. */
  seats?: number | null;
  refused?: number;
  mark?: number;
}

const ticks = 6;

/** Instants at even distances from the first to the last. */
function evenly(first: number, last: number): number[] {
  return Array.from({ length: ticks }, (_, index) => first + ((last - first) * index) / (ticks - 1));
}

/** The steps and the marks as one series over time; a mark stands at the seats that there were. */
function seriesOf({ points, refused, to }: Occupancy): Point[] {
  const steps: Point[] = points.map(({ at, activeDevices, seats }) => ({
    at: Date.parse(at),
    active: activeDevices,
    seats,
  }));
  const last = steps.at(-1);
  if (last !== undefined) steps.push({ ...last, at: Math.max(last.at, Date.parse(to)) });
  const seatsAt = (at: number): Point | undefined => steps.findLast((step) => step.at <= at) ?? steps[0];
  const marks = refused.map(({ at, count }): Point => {
    const moment = Date.parse(at);
    const { active, seats } = seatsAt(moment) ?? {};
    return { at: moment, active, seats, refused: count, mark: seats ?? active };
  });
  return [...steps, ...marks].sort((a, b) => a.at - b.at);
}

function Words({ payload = [] }: { payload?: readonly { payload?: Point }[] }) {
  const point = payload[0]?.payload;
  if (point === undefined) return null;
  return (
    <div className="plot-words">
      <strong>{momentInWords(new Date(point.at).toISOString())}</strong>
      <div>{point.seats ? `${point.active} of ${point.seats}` : point.active} seats in use</div>
      {point.refused === undefined ? null : <div>{point.refused} activations refused</div>}
    </div>
  );
}

export function SeatsPlot({ occupancy }: { occupancy: Occupancy }) {
  const series = seriesOf(occupancy);
  const [from, to] = [Date.parse(occupancy.from), Date.parse(occupancy.to)];
  const most = Math.max(...series.map(({ active = 0 }) => active));
  const refusals = occupancy.refused.reduce((sum, { count }) => sum + count, 0);
  const summary = `Seats in use over time: ${series.at(-1)?.active ?? 0} now, ${most} at most, ${refusals} refused activations.`;
  return (
    <figure className="plot">
      <div role="img" aria-label={summary}>
        <ResponsiveContainer width="100%" height={230}>
          <ComposedChart data={series} margin={{ top: 12, right: 12, bottom: 0, left: -18 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              type="number"
              scale="time"
              domain={[from, to]}
              ticks={evenly(from, to)}
              tickFormatter={(at: number) => dayInWords(new Date(at).toISOString())}
              minTickGap={48}
              stroke="var(--mantine-color-dimmed)"
              fontSize={12}
            />
            <YAxis allowDecimals={false} domain={[0, 'dataMax']} stroke="var(--mantine-color-dimmed)" fontSize={12} />
            <Tooltip content={<Words />} isAnimationActive={false} />
            <Line
              dataKey="seats"
              type="stepAfter"
              stroke="var(--plain)"
              strokeDasharray="5 4"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
            <Area
              dataKey="active"
              type="stepAfter"
              stroke="var(--accent-text)"
              strokeWidth={2}
              fill="var(--accent-text)"
              fillOpacity={0.16}
              activeDot={false}
              isAnimationActive={false}
            />
            <Scatter dataKey="mark" fill="var(--bad)" shape="cross" isAnimationActive={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="plot-legend">
        <span data-series="active">Seats in use</span>
        <span data-series="seats">All seats</span>
        <span data-series="refused">Refused activations ({refusals})</span>
      </figcaption>
    </figure>
  );
}
