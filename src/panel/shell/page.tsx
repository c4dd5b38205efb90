/** The frame of one page: its heading, which is also the title of the window and gets the focus when the page opens. */
import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

/**
 * @param title the heading; undefined while it is not known yet
 * @param beside what stands at the right of the heading, such as a button
 */
export function Page({ title, beside, children }: { title?: string; beside?: ReactNode; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isKnown = title !== undefined;
  useEffect(() => {
    document.title = title === undefined ? 'Seatkeeper' : `${title} · Seatkeeper`;
  }, [title]);
  useEffect(() => {
    if (isKnown && (document.activeElement === document.body || document.activeElement?.tagName === 'A')) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [isKnown]);
  return (
    <>
      {isKnown ? (
        <div className="page-head">
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {beside}
        </div>
      ) : null}
      {children}
    </>
  );
}
