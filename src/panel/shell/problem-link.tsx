/** A link to the server's page about a refusal: what it means, what to do, which rules give it. */
import { Anchor, type AnchorProps, Code } from '@mantine/core';
import type { ReactNode } from 'react';
import { refusalWords } from 'virtual:refusal-words';
import { CamelWord } from './camel-word';

/** @param children what is read; the code itself where left out */
export function ProblemLink({
  code,
  size,
  children,
}: { code: string; children?: ReactNode } & Pick<AnchorProps, 'size'>) {
  const page = refusalWords[code]?.page;
  const words = children ?? (
    <Code>
      <CamelWord name={code} />
    </Code>
  );
  return page === undefined ? (
    <>{words}</>
  ) : (
    <Anchor href={page} size={size}>
      {words}
    </Anchor>
  );
}
