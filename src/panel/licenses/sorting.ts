/** In which order licenses are shown. The server gives them as they were issued. */
import type { License } from '../api/schema';

const never = Number.POSITIVE_INFINITY;
const ends = ({ validUntil }: License): number => (validUntil === null ? never : Date.parse(validUntil));
const share = ({ activeDevices, seats }: License): number => activeDevices / seats;

export const orders = {
  issued: { label: 'As issued', compare: null },
  product: { label: 'Product', compare: (a: License, b: License) => a.product.localeCompare(b.product) },
  free: {
    label: 'Fewest free seats',
    compare: (a: License, b: License) => a.seats - a.activeDevices - (b.seats - b.activeDevices) || share(b) - share(a),
  },
  ending: {
    label: 'Ending first',
    compare: (a: License, b: License) => (ends(a) < ends(b) ? -1 : ends(a) > ends(b) ? 1 : 0),
  },
} as const;

export type Order = keyof typeof orders;

export function isOrder(value: unknown): value is Order {
  return typeof value === 'string' && Object.hasOwn(orders, value);
}

export function sorted(licenses: readonly License[], order: Order): readonly License[] {
  const { compare } = orders[order];
  return compare === null ? licenses : [...licenses].sort(compare);
}
