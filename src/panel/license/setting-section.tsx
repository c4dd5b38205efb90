/** The setting of a license: a switch with its state in words, and the dialogs that turning it asks for. The server says what it will do. */
import { Button, Group, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { client, taken } from '../api/client';
import type { License, RemoteDeactivation } from '../api/schema';
import { InspectLink } from '../inspector/inspect-link';
import { SettingTag } from '../licenses/license-words';
import { useMay } from '../session/use-session';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { BlockingDevices } from './blocking-devices';
import { DisableDialog } from './disable-dialog';
import { EnableDialog } from './enable-dialog';
import { licenseKey, licenseQuery } from './license.queries';

const descriptions: Record<RemoteDeactivation['state'], string> = {
  enabled:
    'Devices that have activated since it was enabled can be deactivated from here when they cannot be reached any more.',
  enabling:
    'It is enabled by itself as soon as the last of these devices has left its seat. Further devices may log in meanwhile.',
  disabled: 'No device can be deactivated from here: whoever holds a seat has to log out on the device itself.',
};

export function SettingSection({ license }: { license: License }) {
  const setting = license.remoteDeactivation;
  const mayTurn = useMay('setRemoteDeactivation');
  const queries = useQueryClient();
  const theSwitch = useRef<HTMLInputElement>(null);
  const words = useId();
  const [asked, setAsked] = useState<RemoteDeactivation | 'disable' | null>(null);
  const path = { id: license.id };
  const put = (enabled: boolean, dryRun?: true) =>
    taken(
      client.PUT('/v1/licenses/{id}/remote-deactivation', { params: { path, query: { dryRun } }, body: { enabled } }),
    );
  const turn = useMutation({
    mutationFn: (enabled: boolean) => put(enabled),
    onSuccess: ({ state, blockingDevices, blockingDeviceCount, enabledAtLatest }) => {
      const remoteDeactivation = { state, blockingDevices, blockingDeviceCount, enabledAtLatest };
      queries.setQueryData(licenseQuery(license.id).queryKey, (known) => known && { ...known, remoteDeactivation });
      setAsked(null);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: licenseKey(license.id) }),
  });
  // What enabling would do is the server's answer to a dry run; only where it would wait is there something to ask.
  const look = useMutation({
    mutationFn: () => put(true, true),
    onSuccess: (would) => (would.state === 'enabling' ? setAsked(would) : turn.mutate(true)),
  });
  const toggle = (): void => {
    turn.reset();
    look.reset();
    if (setting.state === 'disabled') look.mutate();
    else if (setting.state === 'enabled') setAsked('disable');
    else turn.mutate(false);
  };
  // The button goes with what it stops; the switch is what shows the outcome.
  const stop = (): void => turn.mutate(false, { onSuccess: () => theSwitch.current?.focus() });
  return (
    <Section
      title="Remote deactivation"
      beside={
        <Group gap="sm">
          <InspectLink machine="remoteDeactivation" id={license.id} what="the setting" />
          <SettingTag remoteDeactivation={setting} />
        </Group>
      }
    >
      {mayTurn ? (
        <Switch
          ref={theSwitch}
          label="Remote device deactivation"
          aria-describedby={words}
          checked={setting.state !== 'disabled'}
          aria-busy={turn.isPending || look.isPending}
          onChange={toggle}
        />
      ) : null}
      {/* Beside the switch's label and not in it: its name is the label alone. */}
      <Text id={words} className={mayTurn ? 'switch-words' : undefined}>
        {descriptions[setting.state]}
      </Text>
      {setting.state === 'enabling' ? (
        <BlockingDevices licenseId={license.id} setting={setting}>
          {mayTurn ? (
            <Group mt="sm">
              <Button variant="default" size="xs" loading={turn.isPending} onClick={stop}>
                Stop enabling
              </Button>
            </Group>
          ) : null}
        </BlockingDevices>
      ) : null}
      {asked === null ? (
        <div className="section-problem">
          <ProblemAlert error={look.error ?? turn.error} />
        </div>
      ) : null}
      <EnableDialog
        licenseId={license.id}
        would={asked === 'disable' ? null : asked}
        error={turn.error}
        isPending={turn.isPending}
        onWait={() => turn.mutate(true)}
        onClose={() => setAsked(null)}
      />
      <DisableDialog
        isOpen={asked === 'disable'}
        error={turn.error}
        isPending={turn.isPending}
        onDisable={() => turn.mutate(false)}
        onClose={() => setAsked(null)}
      />
    </Section>
  );
}
