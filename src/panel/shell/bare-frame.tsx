/** The frame of pages without navigation: signing in, an invitation. */
import type { ReactNode } from 'react';
import { Brand } from './brand';
import { ColorSchemeSwitch } from './color-scheme-switch';
import { ConnectionBanner } from './connection-banner';

export function BareFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="app-header">
        <div className="app-bar">
          <span className="app-brand">
            <Brand />
          </span>
          <div className="app-tools">
            <ColorSchemeSwitch />
          </div>
        </div>
        <ConnectionBanner />
      </header>
      <main className="bare-main">{children}</main>
    </>
  );
}
