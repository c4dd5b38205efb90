/** Over HTTP: what a ticket about a license can be about. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { offerTicketTopics } from '../../machines/index.js';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import type { TokenPrincipal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';
import { idOfLicense } from '../http/id.schemas.js';
import { noQuery } from '../http/schema.js';
import { findLicense } from '../licenses/license.queries.js';
import { organizationSeenBy } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import { problemKind, ProblemError } from '../problems/problem.js';
import { type TicketTopicList, ticketTopicListSchema } from './support-ticket.schemas.js';

@ApiTags('support')
@Controller('v1/licenses/:id/ticket-topics')
export class TicketTopicController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('operator', 'support', 'owner', 'manager', 'editor')
  @ApiOperation({
    operationId: 'listTicketTopics',
    summary: 'What a ticket about a license can be about now, and why not',
  })
  @ApiResponse({ status: 200, description: 'Each topic', standardSchema: ticketTopicListSchema })
  list(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfLicense }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<TicketTopicList> {
    return this.database.read(async (session) => {
      const found = await findLicense(session, id, organizationSeenBy(asker));
      if (found === null) throw new ProblemError('notFound', 'There is no such license.');
      const offers = offerTicketTopics(found.license, await this.clock.nowIn(session));
      const items = offers.map((offer) => ({
        ...offer,
        remedy: offer.reason === null ? null : problemKind(offer.reason).remedy,
      }));
      return { items, nextCursor: null };
    });
  }
}
