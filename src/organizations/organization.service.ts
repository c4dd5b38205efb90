/** Makes and reads organizations. The vendor sees all; a member sees their own, and others as if they did not exist (R14). */
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { answerOnce, type CreatingRequest } from '../auth/idempotency.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { systemNow } from '../clock/clock.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { Cursor, type Page } from '../http/cursor.js';
import { uuid } from '../http/schema.js';
import { Database } from '../persistence/database.js';
import { insertOrganization, listOrganizations } from './organization.queries.js';
import type { NewOrganization, Organization, OrganizationsQuery } from './organization.schemas.js';
import { requireSeenOrganization } from './seen-organization.queries.js';

const cursor = new Cursor(uuid);

@Injectable()
export class OrganizationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Coordinator) private readonly coordinator: Coordinator,
  ) {}

  /** Makes an organization. Throws `idempotencyKeyReused`. */
  async create(request: CreatingRequest, wish: NewOrganization): Promise<Organization> {
    const answer = await this.coordinator.record((session, now) =>
      answerOnce(request, session, systemNow(), async () => {
        const organization = { id: uuidv7(), name: wish.name };
        await insertOrganization(session, organization, now);
        return { status: 201, body: organization };
      }),
    );
    return answer.body;
  }

  /** A page of the organizations that the asker sees, in the order in which they were made. */
  async list(asker: TokenPrincipal, { limit, search, cursor: after }: OrganizationsQuery): Promise<Page<Organization>> {
    const start = cursor.read(after) ?? '';
    const only = asker.kind === 'member' ? asker.organizationId : null;
    const rows = await this.database.read((session) => listOrganizations(session, only, search, start, limit + 1));
    return cursor.page(rows, limit, (organization) => organization.id);
  }

  /** One organization. Throws `notFound`, for one that the asker does not see too. */
  find(asker: TokenPrincipal, id: string): Promise<Organization> {
    return this.database.read((session) => requireSeenOrganization(session, asker, id));
  }
}
