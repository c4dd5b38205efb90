/** Every address of the panel. Pages are loaded when they are first opened; who has to be signed in is settled here. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from './api/query-client';
import { momentOfSearch, subjectOfSearch } from './inspector/moment';
import { licensesSearch } from './licenses/licenses-search';
import { SessionGate } from './session/session-gate';
import { sessionQuery } from './session/use-session';
import { AppFrame } from './shell/app-frame';
import { BareFrame } from './shell/bare-frame';
import { FailedPage } from './shell/failed-page';
import { Loading } from './shell/loading';
import { NotFoundPage } from './shell/not-found-page';

const root = createRootRoute({ component: Outlet });

/** A field of the address as text: the router reads `7` as a number. */
const word = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: word(search.next) }),
  component: lazyRouteComponent(() => import('./session/sign-in-page'), 'SignInPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./session/invitation-page'), 'InvitationPage'),
});

/** Everything below is for somebody who is signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location: { href } }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    // A session that ends later is renewed over the page; it is not left then.
    if (session === null) throw redirect({ to: '/sign-in', search: href === '/licenses' ? {} : { next: href } });
  },
  component: () => (
    <SessionGate>
      <AppFrame>
        <Outlet />
      </AppFrame>
    </SessionGate>
  ),
  errorComponent: ({ error }) => (
    <BareFrame>
      <FailedPage error={error} />
    </BareFrame>
  ),
});

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/licenses' });
  },
});

const licenses = createRoute({
  getParentRoute: () => signedIn,
  path: '/licenses',
  validateSearch: licensesSearch,
  component: lazyRouteComponent(() => import('./licenses/licenses-page'), 'LicensesPage'),
});

const license = createRoute({
  getParentRoute: () => signedIn,
  path: '/licenses/$licenseId',
  component: lazyRouteComponent(() => import('./license/license-page'), 'LicensePage'),
});

const tickets = createRoute({
  getParentRoute: () => signedIn,
  path: '/support',
  component: lazyRouteComponent(() => import('./support/tickets-page'), 'TicketsPage'),
});

const newTicket = createRoute({
  getParentRoute: () => signedIn,
  path: '/support/new',
  validateSearch: (search: Record<string, unknown>): { licenseId?: string; deviceId?: string } => ({
    licenseId: word(search.licenseId),
    deviceId: word(search.deviceId),
  }),
  component: lazyRouteComponent(() => import('./support/new-ticket-page'), 'NewTicketPage'),
});

const ticket = createRoute({
  getParentRoute: () => signedIn,
  path: '/support/$ticketId',
  component: lazyRouteComponent(() => import('./support/ticket-page'), 'TicketPage'),
});

const organizations = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations',
  component: lazyRouteComponent(() => import('./organizations/organizations-page'), 'OrganizationsPage'),
});

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$organizationId',
  component: lazyRouteComponent(() => import('./organizations/organization-page'), 'OrganizationPage'),
});

const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page'), 'PeoplePage'),
});

const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./tokens/tokens-page'), 'TokensPage'),
});

const inspectorStart = createRoute({
  getParentRoute: () => signedIn,
  path: '/inspector',
  beforeLoad: () => {
    throw redirect({ to: '/inspector/$machineId', params: { machineId: 'device' } });
  },
});

const inspector = createRoute({
  getParentRoute: () => signedIn,
  path: '/inspector/$machineId',
  validateSearch: momentOfSearch,
  component: lazyRouteComponent(() => import('./inspector/inspector-page'), 'InspectorPage'),
});

const inspected = createRoute({
  getParentRoute: () => signedIn,
  path: '/inspector/$machineId/$subjectId',
  validateSearch: subjectOfSearch,
  component: lazyRouteComponent(() => import('./inspector/subject-page'), 'SubjectPage'),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: lazyRouteComponent(() => import('./session/account-page'), 'AccountPage'),
});

/** An address that nothing above knows, in the frame of the others. */
const unknown = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFoundPage });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    invitation,
    signedIn.addChildren([
      start,
      licenses,
      license,
      tickets,
      newTicket,
      ticket,
      organizations,
      organization,
      people,
      tokens,
      inspectorStart,
      inspector,
      inspected,
      account,
      unknown,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading what="The page opens" />,
  defaultErrorComponent: FailedPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
