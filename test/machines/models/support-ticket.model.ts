/** The support ticket as a model. It has no guards, so its events carry no facts. */
import { type SupportTicketEvent, supportTicketMachine } from '../../../machines/index.js';
import { machineModel } from './machine.model.js';

const at = 1_800_000_000_000;

export const supportTicketModelEvents: SupportTicketEvent[] = [
  { type: 'resolve', at },
  { type: 'reopen', at },
  { type: 'close', at },
];

export function supportTicketKey({ value }: { value: unknown }): string {
  return String(value);
}

export function supportTicketModel() {
  return machineModel(supportTicketMachine, { events: supportTicketModelEvents, serializeState: supportTicketKey });
}
