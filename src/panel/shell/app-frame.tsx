/** The frame of every page for somebody who is signed in: the navigation by role, the account, the state of the connection. */
import { Burger } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { AccountMenu } from '../session/account-menu';
import { useSession } from '../session/use-session';
import { Brand } from './brand';
import { ColorSchemeSwitch } from './color-scheme-switch';
import { ConnectionBanner } from './connection-banner';
import { navigationOf } from './navigation';

export function AppFrame({ children }: { children: ReactNode }) {
  const session = useSession();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  const links = navigationOf(session).map(({ to, label }) => (
    <Link key={to} to={to} aria-current={path === to || path.startsWith(`${to}/`) ? 'page' : undefined}>
      {label}
    </Link>
  ));
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <header className="app-header">
        <div className="app-bar">
          <Burger
            className="app-burger"
            size="sm"
            opened={isOpen}
            onClick={() => setOpen(!isOpen)}
            aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
            aria-expanded={isOpen}
          />
          <Link to="/licenses" className="app-brand">
            <Brand />
          </Link>
          <nav className="app-nav app-nav-wide" aria-label="Pages">
            {links}
          </nav>
          <div className="app-tools">
            <ColorSchemeSwitch />
            <AccountMenu />
          </div>
        </div>
        {isOpen ? (
          <nav className="app-nav app-nav-narrow" data-open aria-label="Pages">
            {links}
          </nav>
        ) : null}
        <ConnectionBanner />
      </header>
      <main className="app-main" id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
