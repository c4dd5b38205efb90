/** Access tokens: of one organization, or all that the asker looks after. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccessToken } from '../api/schema';
import { organizationNamesQuery } from '../licenses/licenses.queries';
import { roleInWords } from '../people/role-words';
import { useSession } from '../session/use-session';
import { Empty } from '../shell/empty';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { type Column, StackedTable } from '../shell/stacked-table';
import { EndTokenDialog } from './end-token-dialog';
import { IssueTokenDialog } from './issue-token-dialog';
import { tokensQuery } from './tokens.queries';

/** @param organizationId null: those of every organization, and the vendor's own */
export function TokensSection({ organizationId, title = 'Tokens' }: { organizationId: string | null; title?: string }) {
  const { data, error, refetch } = useQuery(tokensQuery);
  const { id: ownId, may } = useSession();
  const { data: names = {} } = useQuery({ ...organizationNamesQuery, enabled: organizationId === null });
  const [isIssuing, setIssuing] = useState(false);
  const [ending, setEnding] = useState<AccessToken | null>(null);
  const inChargeOf = [...may.issueTokens.ofOrganization, ...may.issueTokens.ofVendor];
  const tokens = data?.filter((token) => organizationId === null || token.organizationId === organizationId);
  const columns: Column<AccessToken>[] = [
    {
      title: 'Name',
      isTitle: true,
      cell: ({ id, name }) => (
        <>
          <strong>{name}</strong>
          {id === ownId ? <div className="soft">You are signed in with it</div> : null}
        </>
      ),
    },
    { title: 'Role', cell: (token) => roleInWords(token.role) },
    ...(organizationId === null
      ? [
          {
            title: 'Organization',
            cell: (token: AccessToken) =>
              token.organizationId === null ? 'The vendor' : (names[token.organizationId] ?? '…'),
          },
        ]
      : []),
    {
      title: 'Actions',
      isQuiet: true,
      cell: (token) =>
        inChargeOf.includes(token.role) ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`End the token ${token.name}`}
            onClick={() => setEnding(token)}
          >
            End
          </Button>
        ) : null,
    },
  ];
  return (
    <Section
      title={title}
      beside={
        <Button size="xs" onClick={() => setIssuing(true)}>
          Issue a token
        </Button>
      }
    >
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {tokens === undefined ? (
        error === null ? (
          <Loading what="The tokens are loaded" />
        ) : null
      ) : tokens.length === 0 ? (
        <Empty title="There is no access token" />
      ) : (
        <StackedTable label="Access tokens" columns={columns} items={tokens} keyOf={({ id }) => id} />
      )}
      <IssueTokenDialog organizationId={organizationId} isOpen={isIssuing} onClose={() => setIssuing(false)} />
      <EndTokenDialog token={ending} onClose={() => setEnding(null)} />
    </Section>
  );
}
