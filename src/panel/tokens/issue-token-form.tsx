/** The name and role of a new access token, and for operators whose it is. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { AccessToken } from '../api/schema';
import { useRepeatKey } from '../api/use-repeat-key';
import { organizationNamesQuery } from '../licenses/licenses.queries';
import { roleChoices } from '../people/role-words';
import { useSession } from '../session/use-session';
import { Form } from '../shell/form';
import { useDraft } from '../shell/use-draft';
import { tokensQuery } from './tokens.queries';

const fields = ['name', 'role', 'organizationId'] as const;

/** @param organizationId whose it is; null: it can be chosen */
export function IssueTokenForm({
  organizationId,
  onIssued,
  onCancel,
}: {
  organizationId: string | null;
  onIssued: (issued: { name: string; token: string }) => void;
  onCancel: () => void;
}) {
  const { ofOrganization, ofVendor } = useSession().may.issueTokens;
  const offered = organizationId === null ? [...ofOrganization, ...ofVendor] : ofOrganization;
  const {
    fields: typed,
    change,
    forget,
  } = useDraft(organizationId ?? 'any', { name: '', role: 'reader' as AccessToken['role'], chosen: '' });
  const { name, role, chosen } = typed;
  const { data: names = {} } = useQuery({ ...organizationNamesQuery, enabled: organizationId === null });
  const queries = useQueryClient();
  const { headerFor, succeeded } = useRepeatKey();
  const owner = organizationId ?? chosen;
  const isOfOrganization = ofOrganization.includes(role);
  const issue = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), role, ...(isOfOrganization && owner ? { organizationId: owner } : {}) };
      return taken(client.POST('/v1/tokens', { params: { header: headerFor(body) }, body }));
    },
    onSuccess: (issued) => {
      succeeded();
      forget();
      void queries.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onIssued(issued);
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
        label="Name"
        description="What it is for, such as the program that uses it."
        data-autofocus
        autoComplete="off"
        value={name}
        error={errors.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label="Role"
        data={roleChoices(offered)}
        value={role}
        error={errors.role}
        onChange={(event) => change({ role: event.currentTarget.value as AccessToken['role'] })}
      />
      {organizationId === null && isOfOrganization ? (
        <NativeSelect
          label="Organization"
          data={[
            { value: '', label: 'Choose an organization' },
            ...Object.entries(names).map(([value, label]) => ({ value, label })),
          ]}
          value={chosen}
          error={errors.organizationId}
          onChange={(event) => change({ chosen: event.currentTarget.value })}
        />
      ) : null}
    </Form>
  );
}
