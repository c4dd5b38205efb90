/** The people of an organization: who, in which role, and what can be done about them. */
import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member } from '../api/schema';
import { useSession } from '../session/use-session';
import { Empty } from '../shell/empty';
import { LoadMore } from '../shell/load-more';
import { Loading } from '../shell/loading';
import { ProblemAlert } from '../shell/problem-alert';
import { Section } from '../shell/section';
import { type Column, StackedTable } from '../shell/stacked-table';
import { Tag } from '../shell/tag';
import { TimeAgo } from '../time/moment';
import { InvitationDialog } from './invitation-dialog';
import { MemberDialogs, type MemberTask } from './member-dialogs';
import { membersQuery } from './people.queries';
import { roleInWords } from './role-words';

/** @param title the heading; the organization's name where the page is not its own */
export function PeopleSection({ organizationId, title = 'People' }: { organizationId: string; title?: string }) {
  const query = useInfiniteQuery(membersQuery(organizationId));
  const session = useSession();
  const inChargeOf = session.may.lookAfterPeople;
  const [isInviting, setInviting] = useState(false);
  const [task, setTask] = useState<MemberTask | null>(null);
  const members = query.data?.pages.flatMap(({ items }) => items);
  const columns: Column<Member>[] = [
    {
      title: 'E-mail',
      isTitle: true,
      cell: ({ id, email }) => (
        <>
          <strong>{email}</strong>
          {id === session.id ? <div className="soft">This is you</div> : null}
        </>
      ),
    },
    { title: 'Role', cell: ({ role }) => roleInWords(role) },
    {
      title: 'State',
      cell: ({ state }) => (
        <Tag tone={state === 'active' ? 'good' : 'warn'}>{state === 'active' ? 'Active' : 'Invited'}</Tag>
      ),
    },
    {
      title: 'Last signed in',
      cell: ({ lastSignedInAt }) => (lastSignedInAt === null ? 'Never' : <TimeAgo at={lastSignedInAt} />),
    },
    {
      title: 'Actions',
      isQuiet: true,
      cell: (member) => (inChargeOf.includes(member.role) ? <Tasks member={member} onTask={setTask} /> : null),
    },
  ];
  return (
    <Section
      title={title}
      beside={
        inChargeOf.length === 0 ? null : (
          <Button size="xs" onClick={() => setInviting(true)}>
            Invite a person
          </Button>
        )
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {members === undefined ? (
        query.error === null ? (
          <Loading what="The people are loaded" />
        ) : null
      ) : members.length === 0 ? (
        <Empty title="Nobody yet" />
      ) : (
        <StackedTable label="People" columns={columns} items={members} keyOf={({ id }) => id} />
      )}
      <LoadMore query={query} label="Show more people" />
      <InvitationDialog organizationId={organizationId} isOpen={isInviting} onClose={() => setInviting(false)} />
      <MemberDialogs task={task} onClose={() => setTask(null)} />
    </Section>
  );
}

function Tasks({ member, onTask }: { member: Member; onTask: (task: MemberTask) => void }) {
  const tasks = [
    ['role', 'Change role', 'Change role of'],
    ['link', 'New link', 'New link for'],
    ['remove', 'Remove', 'Remove'],
  ] as const;
  return (
    <Group gap={6}>
      {tasks.map(([kind, label, about]) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          aria-label={`${about} ${member.email}`}
          onClick={() => onTask({ kind, member })}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}
