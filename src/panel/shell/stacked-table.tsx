/** A table that becomes a list of cards where it has no room, and stays a table to assistive technology. */
import { VisuallyHidden } from '@mantine/core';
import { type ReactNode, startTransition, useEffect, useState } from 'react';

/** More rows than a window shows. Further ones are drawn right after these are seen. */
const rowsAtOnce = 24;

/** A column: its heading, and what of an item stands in it. */
export interface Column<Item> {
  title: string;
  /** The heading is for screen readers only, as over a column of buttons. */
  isQuiet?: boolean;
  /** It says what the row is about: on a card it stands first, without its heading. */
  isTitle?: boolean;
  cell: (item: Item) => ReactNode;
}

/**
 * @param label the table's name
 * @param anchorOf the name by which the address of the page can point at an item's row
 * @param marked the anchor of the row that is marked
 */
export function StackedTable<Item>({
  label,
  columns,
  items,
  keyOf,
  anchorOf,
  marked,
}: {
  label: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  anchorOf?: (item: Item) => string;
  marked?: string;
}) {
  const [isWhole, setWhole] = useState(items.length <= rowsAtOnce);
  useEffect(() => startTransition(() => setWhole(true)), []);
  return (
    <table className="stacked-table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, isQuiet }) => (
            <th key={title} role="columnheader" scope="col">
              {isQuiet ? <VisuallyHidden>{title}</VisuallyHidden> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {(isWhole ? items : items.slice(0, rowsAtOnce)).map((item) => (
          <tr key={keyOf(item)} role="row" {...anchored(anchorOf?.(item), marked)}>
            {columns.map(({ title, isQuiet, isTitle, cell }) => (
              <td key={title} role="cell" data-label={isQuiet ? '' : title} data-title={isTitle || undefined}>
                <div>{cell(item)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What points at a row; it can get the focus, so that whoever is led there goes on from there. */
function anchored(anchor: string | undefined, marked: string | undefined) {
  if (anchor === undefined) return {};
  return { id: anchor, tabIndex: -1, 'aria-current': anchor === marked ? ('true' as const) : undefined };
}
