/**
 * What somebody types into the form of a dialog. Escape and the cross close a dialog, and are easily pressed by mistake: what was typed is
 * there again when it is opened the next time on the same page, until it is sent or called off by “Cancel”.
 */
import { createContext, useContext, useState } from 'react';

/** What was typed, by the names of the drafts. Each dialog keeps its own for as long as its page is there. */
export type DraftsKept = Map<string, object>;

export const Drafts = createContext<DraftsKept | null>(null);

export interface Draft<Fields> {
  fields: Fields;
  change: (change: Partial<Fields>) => void;
  /** It was sent or called off. What is shown stays while the dialog closes. */
  forget: () => void;
}

/**
 * @param name which draft of the dialog, such as the id of what it is about
 * @param initial what stands in each field that nobody has changed
 */
export function useDraft<Fields extends object>(name: string, initial: Fields): Draft<Fields> {
  const kept = useContext(Drafts);
  if (kept === null) throw new Error('a draft is kept by the dialog around it');
  const [fields, setFields] = useState<Fields>(() => ({ ...initial, ...kept.get(name) }));
  return {
    fields,
    change: (change) => {
      setFields((before) => ({ ...before, ...change }));
      kept.set(name, { ...kept.get(name), ...change });
    },
    forget: () => void kept.delete(name),
  };
}
