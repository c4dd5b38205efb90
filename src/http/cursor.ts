/**
 * Lists in pages: what a list answers, and the opaque cursor that says where to go on. A cursor holds the sort key of the last
 * item shown, so that a page starts after it whatever was added or removed in between; it grants nothing.
 */
import { z } from 'zod';
import { invalidRequest } from '../problems/problem.js';

/** The cursor of a list whose items are sorted by `Key`. */
export class Cursor<Key> {
  /** @param key what the sort key of an item looks like, such as `z.tuple([z.number().nullable(), uuid])` */
  constructor(private readonly key: z.ZodType<Key>) {}

  /** The cursor that goes on after the item with this sort key. */
  write(key: Key): string {
    return Buffer.from(JSON.stringify(key)).toString('base64url');
  }

  /** The sort key in a cursor; undefined where there is no cursor. Throws `invalidRequest` for one that is not of this list. */
  read(cursor: string | undefined): Key | undefined {
    if (cursor === undefined) return undefined;
    const key = this.key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
    if (!key.success) {
      throw invalidRequest([{ path: 'cursor', message: 'must be the nextCursor of an earlier answer' }]);
    }
    return key.data;
  }

  /**
   * The page in `items`.
   *
   * @param items the items after the cursor in order, one more than `limit` where there are that many
   * @param keyOf the sort key of an item
   */
  page<Item>(items: readonly Item[], limit: number, keyOf: (item: Item) => Key): Page<Item> {
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = items.length > limit && last !== undefined;
    return { items: shown, nextCursor: hasMore ? this.write(keyOf(last)) : null };
  }
}

/** One page of a list; `nextCursor` is null at the end. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** The schema of a list's answer; its example has those of its items. @param id its name in the description of the interface, such as `DeviceList` */
export function listOf<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .strictObject({
      items: z.array(item),
      nextCursor: z
        .string()
        .nullable()
        .meta({ description: 'To be sent as `cursor` for the next page; null at the end' }),
    })
    .meta({
      id,
      description: 'A page of a list',
      examples: [{ items: item.meta()?.examples ?? [], nextCursor: null }],
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
