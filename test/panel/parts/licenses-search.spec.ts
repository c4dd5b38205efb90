/** The list of licenses by its address: what is understood, and in which order licenses stand. */
import type { License } from '../../../src/panel/api/schema';
import { licensesSearch } from '../../../src/panel/licenses/licenses-search';
import { type Order, sorted } from '../../../src/panel/licenses/sorting';

describe('an address', () => {
  it('is understood where it says what there is', () => {
    const said = { search: 'Mapper', status: 'expired', remoteDeactivation: 'enabling', sort: 'ending' };
    expect(licensesSearch(said)).toMatchObject(said);
    // The router reads figures as numbers.
    expect(licensesSearch({ search: 7 })).toMatchObject({ search: '7' });
  });

  it('is as if empty where it says something else', () => {
    const said = { search: '', status: 'broken', remoteDeactivation: 1, sort: 'toString', organizationId: {} };
    expect(Object.values(licensesSearch(said)).filter((value) => value !== undefined)).toEqual([]);
  });
});

describe('the order', () => {
  const license = (product: string, seats: number, activeDevices: number, validUntil: string | null): License =>
    ({ product, seats, activeDevices, validUntil }) as License;
  const licenses = [
    license('Mapper', 10, 3, null),
    license('Atlas', 5, 5, '2027-01-01T00:00:00.000Z'),
    license('Viewer', 3, 2, '2026-12-01T00:00:00.000Z'),
  ];
  const products = (order: Order): string[] => sorted(licenses, order).map(({ product }) => product);

  it('is as issued, by product, by free seats or by end, and one without end comes last', () => {
    expect(products('issued')).toEqual(['Mapper', 'Atlas', 'Viewer']);
    expect(products('product')).toEqual(['Atlas', 'Mapper', 'Viewer']);
    expect(products('free')).toEqual(['Atlas', 'Viewer', 'Mapper']);
    expect(products('ending')).toEqual(['Viewer', 'Atlas', 'Mapper']);
  });

  it('changes nothing of what it is given', () => {
    sorted(licenses, 'ending');
    expect(licenses.map(({ product }) => product)).toEqual(['Mapper', 'Atlas', 'Viewer']);
  });
});
