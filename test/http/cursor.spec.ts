/** Lists in pages: where a page ends, and what is no cursor. */
import { z } from 'zod';
import { Cursor } from '../../src/http/cursor.js';

const cursor = new Cursor(z.tuple([z.number().nullable(), z.string()]));
type Item = [number | null, string];
const keyOf = (item: Item) => item;

describe('a page', () => {
  it('has a cursor that says after which item to go on, where there are more', () => {
    const items: Item[] = [
      [3, 'a'],
      [null, 'ü'],
      [null, 'z'],
    ];
    const page = cursor.page(items, 2, keyOf);
    expect(page.items).toEqual(items.slice(0, 2));
    expect(page.nextCursor).toMatch(/^[\w-]+$/);
    expect(cursor.read(page.nextCursor ?? '')).toEqual([null, 'ü']);
  });

  it.each([0, 1, 2])('is the last where there are no more than fit: %p of 2', (count) => {
    const items = Array.from({ length: count }, (_, index): Item => [index, 'a']);
    expect(cursor.page(items, 2, keyOf)).toEqual({ items, nextCursor: null });
  });
});

describe('a cursor', () => {
  it('is undefined where there is none', () => {
    expect(cursor.read(undefined)).toBeUndefined();
  });

  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([
    ['no base64url', '~~~'],
    ['no JSON', Buffer.from('x').toString('base64url')],
    ['of another list', encoded(['a'])],
    ['of other types', encoded(['3', 4])],
    ['longer', encoded([3, 'a', 'b'])],
    ['null', encoded(null)],
  ])('is refused where it is %s', (_name, text) => {
    expect(() => cursor.read(text)).toThrow(
      expect.objectContaining({
        code: 'invalidRequest',
        extras: { issues: [expect.objectContaining({ path: 'cursor' }) as unknown] },
      }) as Error,
    );
  });
});
