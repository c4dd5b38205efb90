/** Support tickets. */
import { Module } from '@nestjs/common';
import { SupportTicketController } from './support-ticket.controller.js';
import { SupportTicketService } from './support-ticket.service.js';
import { TicketTopicController } from './ticket-topic.controller.js';

@Module({ controllers: [SupportTicketController, TicketTopicController], providers: [SupportTicketService] })
export class SupportModule {}
