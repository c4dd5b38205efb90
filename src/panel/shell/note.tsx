/** A short message in a coloured box, its tone told by words too. */
import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** @param role `alert` interrupts a screen reader, `status` waits for it to finish; none says nothing by itself */
export function Note({
  tone,
  title,
  role,
  children,
}: {
  tone: Tone;
  title?: ReactNode;
  role?: 'alert' | 'status';
  children?: ReactNode;
}) {
  return (
    <div className="note" data-tone={tone} role={role}>
      {title === undefined ? null : <p className="note-title">{title}</p>}
      {children}
    </div>
  );
}
