/** A session as it is shown: who it is, and what their role allows. */
import { Inject, Injectable } from '@nestjs/common';
import { ticketStatuses } from '../../machines/index.js';
import { isMemberRole, mayGive, mayManage, type Role, roles } from '../auth/role.js';
import { RoleOperations } from '../auth/role.operations.js';
import type { BrowserSession } from '../auth/session.queries.js';
import { formatInstant } from '../clock/instant.js';
import { mayMoveTicket } from '../support/ticket.moves.js';
import type { SessionView } from './session.schemas.js';

@Injectable()
export class SessionPresenter {
  constructor(@Inject(RoleOperations) private readonly operations: RoleOperations) {}

  /** @param now the server's time, the test clock's where there is one */
  present(session: BrowserSession, now: number): SessionView {
    const { principal, email, role, organization, signedInWith, endsAt } = session;
    return {
      kind: principal.kind,
      id: principal.id,
      name: principal.name,
      email,
      role,
      organization,
      signedInWith,
      endsAt: formatInstant(endsAt),
      now: formatInstant(now),
      may: this.allowedTo(role),
    };
  }

  private allowedTo(role: Role): SessionView['may'] {
    const use = this.operations.of(role);
    const issued = use.includes('issueToken') ? roles.filter((given) => mayGive(role, given)) : [];
    const movedBy = (isAuthor: boolean) =>
      use.includes('moveTicket')
        ? ticketStatuses.filter((status) => mayMoveTicket(!isMemberRole(role), isAuthor, status))
        : [];
    return {
      use: [...use],
      lookAfterPeople: use.includes('addMember') ? roles.filter((given) => mayManage(role, given)) : [],
      issueTokens: {
        ofOrganization: issued.filter(isMemberRole),
        ofVendor: issued.filter((given) => !isMemberRole(given)),
      },
      moveTickets: { ofOthers: movedBy(false), ofOwn: movedBy(true) },
    };
  }
}
