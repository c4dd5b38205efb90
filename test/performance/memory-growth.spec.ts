/** Steady growth is told from the weather. */
import { growthOf } from './memory.growth.js';

const row = (length: number, valueAt: (index: number) => number) =>
  Array.from({ length }, (_, index) => valueAt(index));

it('finds memory that grows with each round', () => {
  expect(growthOf(row(12, (index) => 100 + 3 * index)).isSteady).toBe(true);
  expect(growthOf(row(12, (index) => 100 + 5 * index + (index % 3 === 0 ? -6 : 0))).isSteady).toBe(true);
});

it('does not take a beginning, noise, a single step or a fall for growth', () => {
  for (const quiet of [
    row(12, (index) => (index < 4 ? 50 + 20 * index : 130)),
    row(12, (index) => 100 + (index % 2 === 0 ? 15 : 0)),
    row(12, (index) => 100 + (index >= 8 ? 20 : 0)),
    row(12, (index) => 200 - 5 * index),
    row(12, (index) => 100 + index / 10),
    row(4, (index) => 100 + 50 * index),
    [],
  ]) {
    expect({ quiet, isSteady: growthOf(quiet).isSteady }).toEqual({ quiet, isSteady: false });
  }
});
