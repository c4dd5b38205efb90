/**
 * Makes, lists, changes and removes members, and makes the links with which they get in. An operator is in charge of everybody; owners
 * and managers of people in their organization, and others look as if they did not exist (R14).
 */
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { TokenPrincipal } from '../auth/principal.js';
import type { Role } from '../auth/role.js';
import { makeLink, type NewLink } from '../auth/sign-in-link.js';
import { systemNow } from '../clock/clock.js';
import { formatInstant } from '../clock/instant.js';
import { Configuration } from '../config/configuration.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Cursor, type Page } from '../http/cursor.js';
import { uuid } from '../http/schema.js';
import { requireSeenOrganization } from '../organizations/seen-organization.queries.js';
import { Database } from '../persistence/database.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { emailKey } from './email.js';
import { refuseUnmanaged } from './managed-role.guard.js';
import { presentMember } from './member.presenter.js';
import {
  deleteMember,
  findMember,
  insertMember,
  isEmailTaken,
  listMembers,
  type MemberRow,
  updateMemberRole,
} from './member.queries.js';
import type { Invitation, Member, MemberWish, NewMember } from './member.schemas.js';
import { Passwords } from './passwords.js';

const cursor = new Cursor(uuid);

@Injectable()
export class MemberService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Passwords) private readonly passwords: Passwords,
  ) {}

  /**
   * Makes a member, with a password or with an invitation, whose link is said this once.
   *
   * @throws `forbidden`, `notFound` for an organization that the asker does not see, `emailInUse`, `overloaded`
   */
  async create(asker: TokenPrincipal, organizationId: string, wish: MemberWish): Promise<NewMember> {
    refuseUnmanaged(asker, wish.role);
    const key = emailKey(wish.email);
    const requirePlace = async (session: Session): Promise<void> => {
      await requireSeenOrganization(session, asker, organizationId);
      if (await isEmailTaken(session, key)) throw new ProblemError('emailInUse');
    };
    // Asked before the password is hashed, which takes its time, and again where nobody can come between.
    await this.database.read(requirePlace);
    const passwordHash = wish.password === undefined ? null : await this.passwords.hash(wish.password);
    return this.coordinator.record(async (session, now) => {
      await requirePlace(session);
      const member = { id: uuidv7(), organizationId, email: wish.email, role: wish.role, createdAt: now };
      await insertMember(session, member, key, passwordHash);
      const link = passwordHash === null ? await makeLink(session, { memberId: member.id }, systemNow()) : null;
      return {
        ...presentMember({ ...member, hasPassword: passwordHash !== null, lastSignedInAt: null }),
        invitation: link === null ? null : this.present(link),
      };
    });
  }

  /** A page of an organization's members, in the order in which they were made. Throws `notFound`. */
  async list(
    asker: TokenPrincipal,
    organizationId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Page<Member>> {
    const start = cursor.read(after) ?? '';
    const rows = await this.database.read(async (session) => {
      await requireSeenOrganization(session, asker, organizationId);
      return listMembers(session, organizationId, start, limit + 1);
    });
    const { items, nextCursor } = cursor.page(rows, limit, (member) => member.id);
    return { items: items.map(presentMember), nextCursor };
  }

  /** Gives a member another role, which counts from their next request on. Throws `notFound` or `forbidden`. */
  change(asker: TokenPrincipal, organizationId: string, id: string, role: Role): Promise<Member> {
    refuseUnmanaged(asker, role);
    return this.coordinator.record(async (session) => {
      const member = await requireManaged(session, asker, organizationId, id);
      if (member.role !== role) await updateMemberRole(session, id, role);
      return presentMember({ ...member, role });
    });
  }

  /** Removes a member; all that they were signed in with ends at once. Throws `notFound` or `forbidden`. */
  async remove(asker: TokenPrincipal, organizationId: string, id: string): Promise<void> {
    await this.coordinator.record(async (session) => {
      await requireManaged(session, asker, organizationId, id);
      await deleteMember(session, id);
    });
  }

  /**
   * Makes a new link for a member, also for one who has a password and forgot it: it counts until the link is used. Earlier links end.
   *
   * @throws `notFound` or `forbidden`
   */
  async invite(asker: TokenPrincipal, organizationId: string, id: string): Promise<Invitation> {
    const link = await this.coordinator.record(async (session) => {
      await requireManaged(session, asker, organizationId, id);
      return makeLink(session, { memberId: id }, systemNow());
    });
    return this.present(link);
  }

  /** The secret is behind the #, so that no browser sends it anywhere by itself. */
  private present({ secret, endsAt }: NewLink): Invitation {
    return { url: `${this.configuration.publicUrl}/invitation#${secret}`, endsAt: formatInstant(endsAt) };
  }
}

async function requireManaged(
  session: Session,
  asker: TokenPrincipal,
  organizationId: string,
  id: string,
): Promise<MemberRow> {
  await requireSeenOrganization(session, asker, organizationId);
  const member = await findMember(session, organizationId, id);
  if (member === null) throw new ProblemError('notFound', 'There is no such person in this organization.');
  refuseUnmanaged(asker, member.role);
  return member;
}
