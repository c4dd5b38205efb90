/** The plot of an occupancy: every change while they fit, and the highest and the last of each span where they do not. */
import fc from 'fast-check';
import { OccupancyPlot, type OccupancyPoint } from '../../src/history/occupancy.plot.js';

const from = 1_000;
const point = (at: number, activeDevices: number, seats: number | null = null): OccupancyPoint => ({
  at,
  activeDevices,
  seats,
});

describe('a plot', () => {
  it('begins with the state at its beginning, and shows each change', () => {
    const plot = new OccupancyPlot(from, 9_000, 10, 3);
    plot.undoSeats(5_000, null);
    plot.undoDevices(4_000, -1);
    plot.undoSeats(3_000, 7);
    plot.undoDevices(2_000, 1);
    expect(plot.finish(5)).toEqual({
      points: [point(from, 3, 5), point(2_000, 4, 5), point(3_000, 4, 7), point(4_000, 3, 7), point(5_000, 3, null)],
      refused: [],
    });
  });

  it('shows the end of an instant, not what was true within it', () => {
    const plot = new OccupancyPlot(from, 9_000, 10, 4);
    for (const devices of [-1, -1, 1, 1, 1]) plot.undoDevices(2_000, devices);
    plot.undoSeats(2_000, 9);
    expect(plot.finish(5).points).toEqual([point(from, 3, 5), point(2_000, 4, 9)]);
  });

  it('begins and ends where it is asked to, whatever happened later', () => {
    const plot = new OccupancyPlot(from, 3_000, 10, 9);
    plot.undoDevices(4_000, 5);
    plot.undoSeats(3_500, 8);
    plot.undoDevices(3_000, 1);
    expect(plot.finish(5).points).toEqual([point(from, 3, 5), point(3_000, 4, 5)]);
  });

  it('goes on where the clock was set back', () => {
    const plot = new OccupancyPlot(from, 9_000, 10, 5);
    plot.undoDevices(4_000, 1);
    plot.undoDevices(5_000, 1);
    expect(plot.finish(null).points).toEqual([point(from, 3), point(4_000, 5)]);
  });

  it('keeps of two points the highest', () => {
    const plot = new OccupancyPlot(from, 9_000, 2, 2);
    for (const [index, devices] of [-1, -1, -1, 1, 1].entries()) plot.undoDevices(2_004 - index, devices);
    expect(plot.finish(null).points).toEqual([point(from, 3), point(2_001, 5)]);
  });

  it('marks each refusal, and those of a span together where there are too many', () => {
    const plot = new OccupancyPlot(from, 2_000, 4, 0);
    for (const at of [1_900, 1_000, 1_100, 1_950]) plot.refuse(at, 2);
    for (const at of [999, 2_001]) plot.refuse(at, 2);
    expect(plot.finish(null).refused.map(({ at }) => at)).toEqual([1_000, 1_100, 1_900, 1_950]);
    plot.refuse(2_000, 1);
    expect(plot.finish(null).refused).toEqual([
      { at: 1_000, count: 4 },
      { at: 1_900, count: 5 },
    ]);
  });
});

const change = fc.record({ after: fc.integer({ min: 0, max: 400 }), devices: fc.integer({ min: -2, max: 2 }) });

/** How full it was at an instant, as drawn. */
function heightAt(points: readonly OccupancyPoint[], at: number): number {
  return points.findLast((drawn) => drawn.at <= at)?.activeDevices ?? Number.NaN;
}

it('is true in each point, holds no more of them than asked for, and loses the highest of no span', () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 300 }),
      fc.integer({ min: 3, max: 40 }),
      fc.integer({ min: 0, max: 2_000 }),
      (changes, pointsMax, rest) => {
        const whole: OccupancyPoint[] = [point(from, 3)];
        const moves = changes.map(({ devices }, index) => ({
          devices,
          at: from + 1 + changes.slice(0, index + 1).reduce((sum, { after }) => sum + after, 0),
        }));
        for (const { at, devices } of moves) {
          const height = heightAt(whole, at) + devices;
          if (whole.at(-1)?.at === at) whole.pop();
          whole.push(point(at, height));
        }
        const to = (moves.at(-1)?.at ?? from) + rest;
        const plot = new OccupancyPlot(from, to, pointsMax, heightAt(whole, to));
        for (const { at, devices } of moves.reverse()) plot.undoDevices(at, devices);
        const { points } = plot.finish(null);
        expect(points[0]).toEqual(point(from, 3));
        expect(points.length).toBeLessThanOrEqual(pointsMax);
        expect(points.map(({ at }) => at)).toEqual([...new Set(points.map(({ at }) => at))].sort((a, b) => a - b));
        for (const drawn of points) expect(whole).toContainEqual(drawn);
        expect(heightAt(points, to)).toBe(heightAt(whole, to));
        if (whole.length <= pointsMax) expect(points).toEqual(whole);
        const spans = Math.floor((pointsMax - 1) / 2);
        for (let span = 0; span < spans; span += 1) {
          // In whole numbers, so that an instant between two spans is of the same one here and there. The last span holds its end.
          const hasBegun = ({ at }: OccupancyPoint): boolean => (at - from) * spans >= span * (to - from);
          const hasEnded = ({ at }: OccupancyPoint): boolean =>
            span < spans - 1 && (at - from) * spans >= (span + 1) * (to - from);
          // The height with which the span is entered counts, too: that is what is drawn up to its first point.
          const highest = (line: readonly OccupancyPoint[]): number =>
            Math.max(
              line.findLast((drawn) => !hasBegun(drawn))?.activeDevices ?? Number.NEGATIVE_INFINITY,
              ...line.filter((drawn) => hasBegun(drawn) && !hasEnded(drawn)).map(({ activeDevices }) => activeDevices),
            );
          expect([span, highest(points)]).toEqual([span, highest(whole)]);
        }
      },
    ),
    {
      numRuns: 300,
      // The last change is at the very end, and higher than what its span held before.
      examples: [
        [
          [
            { after: 0, devices: 0 },
            { after: 1, devices: 1 },
            { after: 1, devices: 1 },
          ],
          3,
          0,
        ],
      ],
    },
  );
});
