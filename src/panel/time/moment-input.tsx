/** A field for a time: what the browser has for local dates and times. Empty is null. */
import { TextInput } from '@mantine/core';
import { localOf, timeOf } from './local-time';

/** @param value a time of the API, or null @param onChange is told the time in UTC as the API takes it */
export function MomentInput({
  label,
  description,
  value,
  error,
  onChange,
}: {
  label: string;
  description?: string;
  value: string | null;
  error?: string;
  onChange: (time: string | null) => void;
}) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={description}
      value={value === null ? '' : localOf(value)}
      error={error}
      onChange={(event) => onChange(timeOf(event.currentTarget.value))}
    />
  );
}
