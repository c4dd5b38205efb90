/** What is asked before something is done about a person: another role, a new link, their removal. */
import { useState } from 'react';
import type { Member } from '../api/schema';
import { Dialog } from '../shell/dialog';
import { NewLink } from './new-link';
import { Removal } from './removal';
import { RoleChange } from './role-change';

export interface MemberTask {
  kind: 'role' | 'link' | 'remove';
  member: Member;
}

const titles: Record<MemberTask['kind'], (email: string) => string> = {
  role: (email) => `The role of ${email}`,
  link: (email) => `A new link for ${email}`,
  remove: (email) => `Remove ${email}?`,
};

/** @param task null: no dialog is open */
export function MemberDialogs({ task, onClose }: { task: MemberTask | null; onClose: () => void }) {
  // What is shown stays while the dialog closes.
  const [last, setLast] = useState<MemberTask | null>(null);
  if (task !== null && task !== last) setLast(task);
  if (last === null) return null;
  const { kind, member } = last;
  return (
    <Dialog title={titles[kind](member.email)} isOpen={task !== null} onClose={onClose}>
      {kind === 'role' ? <RoleChange member={member} onClose={onClose} /> : null}
      {kind === 'link' ? <NewLink member={member} onClose={onClose} /> : null}
      {kind === 'remove' ? <Removal member={member} onClose={onClose} /> : null}
    </Dialog>
  );
}
