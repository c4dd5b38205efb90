/**
 * Seats, check-in period and Support & Upgrade. A change is made to the version that was seen (`If-Match`): where somebody else was
 * faster it says what they changed, keeps what was typed, and the next try is for their version.
 */
import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { isProblem } from '../api/problem';
import type { License } from '../api/schema';
import { licenseKey, licenseQuery } from '../license/license.queries';
import { ProblemAlert } from '../shell/problem-alert';
import { MomentInput } from '../time/moment-input';
import { periodOf } from '../time/period';
import { PeriodInput } from '../time/period-input';
import { ChangedMeanwhile } from './changed-meanwhile';
import { SeatsInUse } from './seats-in-use';
import { changeOf, type TermsDraft } from './terms';

const fields = ['seats', 'checkInPeriod', 'supportAndUpgradeUntil'] as const;
const byCode = { seatsInUse: 'seats' } as const;

export function TermsForm({ license }: { license: License }) {
  const [draft, setDraft] = useState<TermsDraft>({});
  // The version that was seen when typing began.
  const [seen, setSeen] = useState<License | null>(null);
  const [meanwhile, setMeanwhile] = useState<{ before: License; after: License } | null>(null);
  const queries = useQueryClient();
  const path = { id: license.id };
  const base = seen ?? license;
  const save = useMutation({
    mutationFn: () => {
      const header = { 'If-Match': `"${base.version}"` };
      return taken(client.PATCH('/v1/licenses/{id}', { params: { path, header }, body: changeOf(draft) }));
    },
    onSuccess: (saved) => {
      queries.setQueryData(licenseQuery(license.id).queryKey, saved);
      setDraft({});
      setSeen(null);
      setMeanwhile(null);
      notifications.show({ message: 'The terms are saved.' });
    },
    onError: async (error) => {
      if (!isProblem(error, 'versionMismatch')) return;
      const after = await taken(client.GET('/v1/licenses/{id}', { params: { path } }));
      queries.setQueryData(licenseQuery(license.id).queryKey, after);
      setMeanwhile({ before: base, after });
      setSeen(after);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: licenseKey(license.id) }),
  });
  const touch = (change: TermsDraft): void => {
    setSeen((before) => before ?? license);
    setDraft((before) => ({ ...before, ...change }));
  };
  const discard = (): void => {
    setDraft({});
    setSeen(null);
    setMeanwhile(null);
    save.reset();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const errors = fieldErrors(save.error, fields, byCode);
  const isTouched = Object.keys(draft).length > 0;
  const isStale = isProblem(save.error, 'versionMismatch');
  const until = draft.supportAndUpgradeUntil;
  return (
    <form onSubmit={submit} noValidate className="form">
      <div className="terms-fields">
        <TextInput
          label="Seats"
          description="How many devices may be active at once."
          inputMode="numeric"
          value={draft.seats ?? String(license.seats)}
          error={errors.seats}
          onChange={(event) => touch({ seats: event.currentTarget.value })}
        />
        <PeriodInput
          label="Check-in period"
          description="Counts from each device's next connection."
          period={draft.checkInPeriod ?? periodOf(license.checkInPeriod)}
          error={errors.checkInPeriod}
          onChange={(checkInPeriod) => touch({ checkInPeriod })}
        />
        <MomentInput
          label="Support & Upgrade until"
          description="Empty: without Support & Upgrade."
          value={until === undefined ? license.supportAndUpgradeUntil : until}
          error={errors.supportAndUpgradeUntil}
          onChange={(supportAndUpgradeUntil) => touch({ supportAndUpgradeUntil })}
        />
      </div>
      <SeatsInUse error={save.error} />
      {meanwhile === null ? null : <ChangedMeanwhile before={meanwhile.before} after={meanwhile.after} />}
      {isStale ? null : <ProblemAlert error={formError(save.error, fields, byCode)} />}
      <Group gap="sm">
        <Button type="submit" disabled={!isTouched} loading={save.isPending}>
          Save terms
        </Button>
        {isTouched ? (
          <Button variant="default" onClick={discard}>
            Discard changes
          </Button>
        ) : null}
      </Group>
    </form>
  );
}
