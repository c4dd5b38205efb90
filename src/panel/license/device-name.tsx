/** A device's name, editable where it stands: Enter saves, Escape leaves it as it was. */
import { ActionIcon, Group, TextInput } from '@mantine/core';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors } from '../api/field-errors';
import { problemIn } from '../api/problem';
import type { Device } from '../api/schema';
import { InspectLink } from '../inspector/inspect-link';
import { useMay } from '../session/use-session';
import { nameOf } from './device-words';
import { licenseKey } from './license.queries';

export function DeviceName({ device }: { device: Device }) {
  const mayRename = useMay('renameDevice');
  const [isEditing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !isEditing) pencil.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  if (isEditing) return <NameField device={device} onDone={() => setEditing(false)} />;
  return (
    <>
      <div className="device-name">
        <strong>{nameOf(device)}</strong>
        {mayRename ? (
          <ActionIcon
            ref={pencil}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Rename ${nameOf(device)}`}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={15} aria-hidden />
          </ActionIcon>
        ) : null}
      </div>
      <div className="soft">
        {device.name === null ? null : `${device.fingerprint} · `}
        <InspectLink machine="device" id={device.id} what={nameOf(device)} />
      </div>
    </>
  );
}

function NameField({ device, onDone }: { device: Device; onDone: () => void }) {
  const [before] = useState(device.name);
  const [name, setName] = useState(device.name ?? '');
  const field = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  useEffect(() => field.current?.select(), []);
  const rename = useMutation({
    mutationFn: () =>
      taken(client.PATCH('/v1/devices/{id}', { params: { path: { id: device.id } }, body: { name: name.trim() } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: licenseKey(device.licenseId) });
      onDone();
    },
  });
  const error = rename.error && (fieldErrors(rename.error, ['name']).name ?? problemIn(rename.error).detail);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      rename.mutate();
    }
    if (event.key === 'Escape') onDone();
  };
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <TextInput
        ref={field}
        size="xs"
        aria-label={`Name of ${nameOf(device)}`}
        value={name}
        maxLength={100}
        error={error}
        description={device.name === before ? undefined : `Meanwhile it was named “${device.name ?? ''}”.`}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon
        variant="default"
        aria-label="Save the name"
        loading={rename.isPending}
        onClick={() => rename.mutate()}
      >
        <IconCheck size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label="Leave the name as it was" onClick={onDone}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
