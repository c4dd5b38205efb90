/** A field for a duration: an amount and its unit, side by side. */
import { Group, Input, NativeSelect } from '@mantine/core';
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
    <Input.Wrapper label={label} description={description} error={error}>
      <Group gap="xs" wrap="nowrap" my={5}>
        <Input
          flex={1}
          my={0}
          inputMode="numeric"
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
    </Input.Wrapper>
  );
}
