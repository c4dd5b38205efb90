/** Every field of a new license. */
import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import { useRepeatKey } from '../api/use-repeat-key';
import { wholeNumber } from '../license-terms/terms';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';
import { MomentInput } from '../time/moment-input';
import { durationOf, type Period } from '../time/period';
import { PeriodInput } from '../time/period-input';

const fields = ['product', 'seats', 'checkInPeriod', 'validUntil', 'supportAndUpgradeUntil'] as const;

interface Typed {
  product: string;
  seats: string;
  period: Period;
  validUntil: string | null;
  supportUntil: string | null;
  isEnabled: boolean;
}

const blank: Typed = {
  product: '',
  seats: '1',
  period: { amount: '30', unit: 'day' },
  validUntil: null,
  supportUntil: null,
  isEnabled: true,
};

export function IssueLicenseForm({
  organizationId,
  onIssued,
  onCancel,
}: {
  organizationId: string;
  onIssued: (issued: { product: string; key: string }) => void;
  onCancel: () => void;
}) {
  const { fields: typed, change, forget } = useDraft(organizationId, blank);
  const { product, seats, period, validUntil, supportUntil, isEnabled } = typed;
  const queries = useQueryClient();
  const { headerFor, succeeded } = useRepeatKey();
  const issue = useMutation({
    mutationFn: () => {
      const body = {
        organizationId,
        product: product.trim(),
        seats: wholeNumber(seats),
        checkInPeriod: durationOf(period),
        validUntil,
        supportAndUpgradeUntil: supportUntil,
        remoteDeactivation: isEnabled ? ('enabled' as const) : ('disabled' as const),
      };
      return taken(client.POST('/v1/licenses', { params: { header: headerFor(body) }, body }));
    },
    onSuccess: ({ license, key }) => {
      succeeded();
      forget();
      void queries.invalidateQueries({ queryKey: ['licenses'] });
      onIssued({ product: license.product, key });
    },
  });
  const errors = fieldErrors(issue.error, fields);
  return (
    <Form
      error={formError(issue.error, fields)}
      confirm="Issue it"
      isPending={issue.isPending}
      onSubmit={() => issue.mutate()}
      onCancel={() => {
        forget();
        onCancel();
      }}
    >
      <TextInput
        label="Product"
        data-autofocus
        autoComplete="off"
        value={product}
        error={errors.product}
        onChange={(event) => change({ product: event.currentTarget.value })}
      />
      <TextInput
        label="Seats"
        description="How many devices may be active at once."
        inputMode="numeric"
        value={seats}
        error={errors.seats}
        onChange={(event) => change({ seats: event.currentTarget.value })}
      />
      <PeriodInput
        label="Check-in period"
        description="A device that does not connect for so long loses its seat."
        period={period}
        error={errors.checkInPeriod}
        onChange={(chosen) => change({ period: chosen })}
      />
      <MomentInput
        label="Valid until"
        description="Empty: without end."
        value={validUntil}
        error={errors.validUntil}
        onChange={(time) => change({ validUntil: time })}
      />
      <MomentInput
        label="Support & Upgrade until"
        description="Empty: without Support & Upgrade."
        value={supportUntil}
        error={errors.supportAndUpgradeUntil}
        onChange={(time) => change({ supportUntil: time })}
      />
      <Checkbox
        label="Remote deactivation is enabled"
        description="The owner can turn it off and on later."
        checked={isEnabled}
        onChange={(event) => change({ isEnabled: event.currentTarget.checked })}
      />
    </Form>
  );
}
