/** A field for a duration: an amount and its unit, side by side. */
import { Group, NativeSelect, TextInput } from '@mantine/core';
import { type Period, type PeriodUnit, periodUnits } from './period';

export function PeriodInput({
  label,
  description,
  period,
  error,
  onChange,
}: {
  label: string;
  description?: string;
  period: Period;
  error?: string;
  onChange: (period: Period) => void;
}) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        flex={1}
        label={label}
        description={description}
        inputMode="numeric"
        inputWrapperOrder={['label', 'error', 'description', 'input']}
        value={period.amount}
        error={error}
        onChange={(event) => onChange({ ...period, amount: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={`${label}: unit`}
        data={periodUnits.map(({ value, label: words }) => ({ value, label: words }))}
        value={period.unit}
        onChange={(event) => onChange({ ...period, unit: event.currentTarget.value as PeriodUnit })}
      />
    </Group>
  );
}
