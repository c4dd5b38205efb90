/** Every transition of the support ticket over HTTP, by generated paths. */
import { decideSupportTicket, type SupportTicketEvent, supportTicketMachine } from '../../../machines/index.js';
import { supportTicketKey, supportTicketModel } from '../../machines/models/support-ticket.model.js';
import { type Ticket } from '../../support/representations.js';
import { issueLicense, openTicket, readTicket } from '../../support/scene.js';
import { startServer, type TestServer } from '../../support/server.js';
import { walkOverHttp } from './http.walk.js';

let server: TestServer;
let ticket: Ticket;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const set = (status: Ticket['status']) => () =>
  server.request('PATCH', `/v1/support-tickets/${ticket.id}`, { body: { status } });

describe('a support ticket over HTTP', () => {
  walkOverHttp<SupportTicketEvent>({
    machine: supportTicketMachine,
    model: supportTicketModel(),
    key: supportTicketKey,
    decide: decideSupportTicket,
    begin: async () => {
      ticket = await openTicket(server, (await issueLicense(server)).id);
    },
    executors: { resolve: set('resolved'), reopen: set('open'), close: set('closed') },
    observe: async () => (await readTicket(server, ticket.id)).status,
  });
});
