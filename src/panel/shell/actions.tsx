/** The buttons at the end of a dialog or form: the way back first, what goes on last. */
import type { ReactNode } from 'react';

export function Actions({ children }: { children: ReactNode }) {
  return <div className="actions">{children}</div>;
}
