/** Support tickets over HTTP. */
import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Allow } from '../auth/access.decorators.js';
import { Asker } from '../auth/asker.decorator.js';
import { ApiIdempotencyKey, Creating } from '../auth/creating-request.decorator.js';
import type { CreatingRequest } from '../auth/idempotency.js';
import type { TokenPrincipal } from '../auth/principal.js';
import type { Page } from '../http/cursor.js';
import { idOfTicket } from '../http/id.schemas.js';
import { noQuery } from '../http/schema.js';
import {
  closedExample,
  type NewTicket,
  newTicketSchema,
  type Ticket,
  ticketChangeSchema,
  ticketListSchema,
  ticketSchema,
  type TicketsQuery,
  ticketsQuery,
} from './support-ticket.schemas.js';
import { SupportTicketService } from './support-ticket.service.js';
import { TicketStatusGuard } from './ticket-status.guard.js';

@ApiTags('support')
@Controller('v1/support-tickets')
export class SupportTicketController {
  constructor(@Inject(SupportTicketService) private readonly tickets: SupportTicketService) {}

  @Post()
  @Allow('operator', 'support', 'owner', 'manager', 'editor')
  @ApiOperation({ operationId: 'openTicket', summary: 'Open a support ticket about a license' })
  @ApiIdempotencyKey()
  @ApiResponse({ status: 201, description: 'The ticket', standardSchema: ticketSchema })
  open(
    @Asker() asker: TokenPrincipal,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Creating() creating: CreatingRequest,
    @Body({ schema: newTicketSchema }) wish: NewTicket,
    @Req() request: FastifyRequest,
  ): Promise<Ticket> {
    return this.tickets.open(asker, creating, wish, request.id);
  }

  @Get()
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({
    operationId: 'listTickets',
    summary: 'Support tickets, newest first; members see those of their organization',
  })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: ticketListSchema })
  list(@Asker() asker: TokenPrincipal, @Query({ schema: ticketsQuery }) query: TicketsQuery): Promise<Page<Ticket>> {
    return this.tickets.list(asker, query);
  }

  @Get(':id')
  @Allow('operator', 'support', 'owner', 'manager', 'editor', 'reader')
  @ApiOperation({ operationId: 'readTicket', summary: 'One support ticket' })
  @ApiResponse({ status: 200, description: 'The ticket', standardSchema: ticketSchema })
  find(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfTicket }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
  ): Promise<Ticket> {
    return this.tickets.find(asker, id);
  }

  @Patch(':id')
  @Allow('operator', 'support', 'owner', 'manager', 'editor')
  @UseGuards(TicketStatusGuard)
  @ApiOperation({
    operationId: 'moveTicket',
    summary: 'Resolve or reopen a ticket, as support; or close it, as support or its author',
  })
  @ApiResponse({
    status: 200,
    description: 'The ticket as it is now',
    standardSchema: ticketSchema,
    example: closedExample,
  })
  move(
    @Asker() asker: TokenPrincipal,
    @Param('id', { schema: idOfTicket }) id: string,
    @Query({ schema: noQuery }) _query: z.output<typeof noQuery>,
    @Body({ schema: ticketChangeSchema }) change: z.output<typeof ticketChangeSchema>,
    @Req() request: FastifyRequest,
  ): Promise<Ticket> {
    return this.tickets.move(asker, id, change.status, request.id);
  }
}
