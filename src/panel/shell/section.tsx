/** A part of a page: a region with its heading. */
import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** @param beside what stands at the right of the heading */
export function Section({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <Title order={2} id={id} tabIndex={-1}>
          {title}
        </Title>
        {beside}
      </div>
      <div className="section-body">{children}</div>
    </section>
  );
}
