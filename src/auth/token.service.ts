/**
 * Issues, lists and ends access tokens. An operator sees everybody's; an owner or manager those of their organization, and
 * others look as if they did not exist (R14). The last operator token may be ended too: the next start makes another.
 */
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { systemNow } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Cursor, type Page } from '../http/cursor.js';
import { uuid } from '../http/schema.js';
import { requireSeenOrganization } from '../organizations/seen-organization.queries.js';
import { Database } from '../persistence/database.js';
import { invalidRequest, ProblemError } from '../problems/problem.js';
import { refuseRoleAbove } from './given-role.guard.js';
import { answerOnce, type CreatingRequest } from './idempotency.js';
import type { TokenPrincipal } from './principal.js';
import { isMemberRole } from './role.js';
import { hashSecret, newSecret, secretPrefixes } from './secret.js';
import { deleteToken, findToken, insertToken, listTokens, type TokenRow } from './token.queries.js';
import type { AccessToken, IssuedAccessToken, NewAccessToken } from './token.schemas.js';

const cursor = new Cursor(uuid);

@Injectable()
export class TokenService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
  ) {}

  /**
   * Issues a token, and says its secret this once.
   *
   * @throws `forbidden` for a role above the asker's, `invalidRequest` where role and organization do not go together,
   * `notFound` for an organization that the asker does not see, `idempotencyKeyReused`
   */
  async issue(asker: TokenPrincipal, request: CreatingRequest, wish: NewAccessToken): Promise<IssuedAccessToken> {
    refuseRoleAbove(asker, wish.role);
    const organizationId = organizationOf(wish);
    const answer = await this.coordinator.record(async (session, now) => {
      if (organizationId !== null) await requireSeenOrganization(session, asker, organizationId);
      return answerOnce(request, session, systemNow(), async () => {
        const token = { id: uuidv7(), role: wish.role, organizationId, name: wish.name };
        const secret = newSecret(secretPrefixes.accessToken);
        await insertToken(session, token, { hash: hashSecret(secret), fromEnvironment: false, createdAt: now });
        return { status: 201, body: { ...token, token: secret } };
      });
    });
    return answer.body;
  }

  /** A page of the tokens that the asker sees, in the order in which they were made. */
  async list(asker: TokenPrincipal, limit: number, after: string | undefined): Promise<Page<AccessToken>> {
    const start = cursor.read(after) ?? '';
    const only = asker.kind === 'member' ? asker.organizationId : null;
    const rows = await this.database.read((session) => listTokens(session, only, start, limit + 1));
    return cursor.page(rows, limit, (token) => token.id);
  }

  /** Ends a token at once, the asker's own included. Throws `notFound`, or `forbidden` for a role above the asker's. */
  async end(asker: TokenPrincipal, id: string): Promise<void> {
    await this.coordinator.record(async (session) => {
      const token = await findToken(session, id);
      if (token === null || !sees(asker, token.organizationId)) throw new ProblemError('notFound');
      refuseRoleAbove(asker, token.role);
      await deleteToken(session, id);
    });
  }
}

/** The organization of a token to be issued, null for the vendor's roles. */
function organizationOf({ role, organizationId }: NewAccessToken): string | null {
  const isNeeded = isMemberRole(role);
  if (isNeeded === (organizationId !== undefined)) return organizationId ?? null;
  const message = isNeeded ? `is needed for the role ${role}` : `is not for the role ${role}`;
  throw invalidRequest([{ path: 'organizationId', message }]);
}

function sees(asker: TokenPrincipal, organizationId: TokenRow['organizationId']): boolean {
  return asker.kind !== 'member' || asker.organizationId === organizationId;
}
