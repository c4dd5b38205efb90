/** By what the history is narrowed down: event, device, person, time. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldErrors } from '../api/field-errors';
import type { Device, Transition } from '../api/schema';
import { nameOf } from './device-words';
import type { HistoryEvent, HistoryFilter } from './license.queries';
import { actorInWords, actorKindWords, eventWords } from './sentences';

/** A choice of the select of persons: a kind, or one of them. */
function actorValue({ actorKind, actorId }: HistoryFilter): string {
  return actorId === undefined ? (actorKind ?? '') : `${actorKind}/${actorId}`;
}

/** The fields of the filter that a refusal can be about. */
export const historyFields = ['from', 'to'] as const;

const dayAfterMillis = 86_400_000;

/** A local day (`2026-11-24`) as the time of the API at which it begins, or the day after it does. */
function beginOf(day: string, isAfter = false): string | undefined {
  const begin = new Date(`${day}T00:00`);
  if (Number.isNaN(begin.getTime())) return undefined;
  if (isAfter) begin.setTime(begin.getTime() + dayAfterMillis);
  return begin.toISOString();
}

/** @param actors whoever acted in the rows that are known @param devices what can be chosen from, where that is asked @param events those that can be chosen; all where none is given @param error why the history does not come, as far as it is about a filter */
export function HistoryFilters({
  filter,
  actors,
  devices,
  events = [],
  error = null,
  onChange,
}: {
  filter: HistoryFilter;
  actors: readonly Transition['actor'][];
  devices?: readonly Device[];
  events?: readonly string[];
  error?: unknown;
  onChange: (change: Partial<HistoryFilter>) => void;
}) {
  const [fromDay, setFromDay] = useState('');
  const [toDay, setToDay] = useState('');
  const errors = fieldErrors(error, historyFields);
  const persons = new Map(
    actors
      .filter(({ id, kind }) => id !== null && ['member', 'support', 'operator'].includes(kind))
      .map((actor) => [`${actor.kind}/${actor.id}`, actorInWords(actor)]),
  );
  return (
    <div className="filters" role="group" aria-label="Filter the history">
      <NativeSelect
        label="Event"
        value={filter.outcome === 'refused' ? 'refused' : (filter.event?.[0] ?? '')}
        data={[
          { value: '', label: 'Every event' },
          { value: 'refused', label: 'Refused' },
          ...eventWords
            .filter(([value]) => events.length === 0 || events.includes(value))
            .map(([value, label]) => ({ value, label })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange(
            value === 'refused'
              ? { event: undefined, outcome: 'refused' }
              : { event: value === '' ? undefined : [value as HistoryEvent], outcome: undefined },
          )
        }
      />
      {devices === undefined ? null : (
        <NativeSelect
          label="Device"
          value={filter.deviceId ?? ''}
          data={[
            { value: '', label: 'Every device' },
            ...devices.map((device) => ({ value: device.id, label: nameOf(device) })),
          ]}
          onChange={({ currentTarget: { value } }) => onChange({ deviceId: value || undefined })}
        />
      )}
      <NativeSelect
        label="By"
        value={actorValue(filter)}
        data={[
          { value: '', label: 'Everybody' },
          ...actorKindWords.map(([value, label]) => ({ value, label })),
          ...[...persons].map(([value, label]) => ({ value, label })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const [actorKind, actorId] = value.split('/');
          onChange({ actorKind: (actorKind || undefined) as HistoryFilter['actorKind'], actorId });
        }}
      />
      <TextInput
        type="date"
        label="From"
        value={fromDay}
        error={errors.from}
        onChange={({ currentTarget: { value } }) => {
          setFromDay(value);
          onChange({ from: beginOf(value) });
        }}
      />
      <TextInput
        type="date"
        label="To"
        value={toDay}
        error={errors.to}
        onChange={({ currentTarget: { value } }) => {
          setToDay(value);
          onChange({ to: beginOf(value, true) });
        }}
      />
    </div>
  );
}
