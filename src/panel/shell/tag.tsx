/** A state as a small coloured word. */
import type { ReactNode } from 'react';
import type { Tone } from './note';

export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
