/** The filters of the list of licenses. They stand in the address, so that a view can be kept as a bookmark. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { type Order, orders } from './sorting';
import type { LicensesSearch } from './licenses-search';
import { settingWords, statusWords } from './license-words';

/** What is typed is asked for at once, and further characters not more often than this. */
const typingMillis = 250;

const options = (all: string, words: Record<string, readonly [string, unknown]>) => [
  { value: '', label: all },
  ...Object.entries(words).map(([value, [label]]) => ({ value, label })),
];

export function LicenseFilters({
  search,
  onChange,
}: {
  search: LicensesSearch;
  onChange: (change: Partial<LicensesSearch>) => void;
}) {
  const [text, setText] = useState(search.search ?? '');
  const tell = useThrottledCallback((value: string) => onChange({ search: value.trim() || undefined }), typingMillis);
  return (
    <div className="filters" role="search" aria-label="Filter the licenses">
      <TextInput
        label="Search"
        placeholder="Part of the product’s name"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          tell(value);
        }}
      />
      <NativeSelect
        label="Status"
        data={options('Every status', statusWords)}
        value={search.status ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ status: (value || undefined) as LicensesSearch['status'] })
        }
      />
      <NativeSelect
        label="Remote deactivation"
        data={options('Every setting', settingWords)}
        value={search.remoteDeactivation ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ remoteDeactivation: (value || undefined) as LicensesSearch['remoteDeactivation'] })
        }
      />
      <NativeSelect
        label="Sort by"
        data={Object.entries(orders).map(([value, { label }]) => ({ value, label }))}
        value={search.sort ?? 'issued'}
        onChange={({ currentTarget: { value } }) =>
          onChange({ sort: value === 'issued' ? undefined : (value as Order) })
        }
      />
    </div>
  );
}
