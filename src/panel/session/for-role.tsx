/** A page for those whose role may do what it is for. Others, who came by its address, are told so and are offered nothing. */
import type { ReactNode } from 'react';
import type { OperationId } from '../api/schema';
import { Empty } from '../shell/empty';
import { Page } from '../shell/page';
import { TextLink } from '../shell/text-link';
import { useMay } from './use-session';

/** @param needs what is done on the page @param title its heading */
export function ForRole({ needs, title, children }: { needs: OperationId; title: string; children: ReactNode }) {
  if (useMay(needs)) return children;
  return (
    <Page title={title}>
      <Empty title="This page is not for your role">
        <p>
          Ask somebody whose role allows it, or <TextLink to="/licenses">go to the licenses</TextLink>.
        </p>
      </Empty>
    </Page>
  );
}
