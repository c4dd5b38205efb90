/** What people do in the story, day by day: a stolen laptop, an older license being enabled, tickets, a suspension. */
import { agent, operator } from './cast.js';
import type { Stage } from './stage.js';

/** Something that people do on a day, counted from the beginning with its fraction. */
export interface Incident {
  readonly day: number;
  readonly happen: (stage: Stage) => Promise<unknown>;
}

const olivia = 'olivia@alpine.example';
const marco = 'marco@alpine.example';
const elena = 'elena@alpine.example';
const hanna = 'hanna@harbor.example';
const erik = 'erik@harbor.example';
const tomas = 'tomas@terra.example';

/** A person sends a request, which must succeed. */
async function act(
  stage: Stage,
  email: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  return stage.client.must(method, path, await stage.as(email), body);
}

function deactivate(stage: Stage, email: string, device: string, reason: string): Promise<unknown> {
  return act(stage, email, 'POST', `/v1/devices/${stage.deviceId(device)}/remote-deactivation`, { reason });
}

async function openTicket(
  stage: Stage,
  email: string,
  license: string,
  ticket: { topic: string; message: string; device?: string },
): Promise<string> {
  const { topic, message, device } = ticket;
  const deviceId = device === undefined ? undefined : stage.deviceId(device);
  const body = { licenseId: stage.licenseId(license), topic, message, deviceId };
  const { id } = await act(stage, email, 'POST', '/v1/support-tickets', body);
  return String(id);
}

/** Everybody gives the seat back and takes it again, as it needs to be while an older license is being enabled. */
async function logInAgain(stage: Stage, devices: readonly string[]): Promise<void> {
  for (const device of devices) {
    await stage.logOut(device);
    await stage.connect(device);
  }
}

/** All of it, in the order of the days. */
export function incidents(): Incident[] {
  const tickets = new Map<string, string>();
  const ticket = (name: string): string => tickets.get(name) ?? '';
  return [
    {
      day: 5.4,
      happen: (stage) =>
        act(stage, elena, 'PATCH', `/v1/devices/${stage.deviceId('Drone van tablet')}`, {
          name: 'Drone van, tablet 7',
        }),
    },
    {
      day: 20.6,
      happen: async (stage) => {
        await deactivate(stage, olivia, 'Field laptop Elbe', 'Stolen from the van in Linz');
        const { key } = await act(stage, olivia, 'POST', `${stage.licensePath('mapper')}/key`);
        stage.replaceKey('mapper', String(key));
      },
    },
    {
      day: 26.4,
      happen: async (stage) => {
        const message = 'The old drone workstation burnt out with its license active. Please free its seat.';
        const about = { topic: 'deviceDeactivation', message, device: 'Old drone workstation' };
        tickets.set('burnt', await openTicket(stage, olivia, 'cloudMerge', about));
      },
    },
    {
      day: 27.3,
      happen: (stage) =>
        act(stage, agent, 'POST', `/v1/devices/${stage.deviceId('Old drone workstation')}/forced-deactivation`, {
          ticketId: ticket('burnt'),
          reason: 'Owner reports the machine destroyed',
        }),
    },
    {
      day: 40.4,
      happen: (stage) =>
        act(stage, hanna, 'PUT', `${stage.licensePath('bridge')}/remote-deactivation`, { enabled: true }),
    },
    {
      day: 41.4,
      happen: (stage) => logInAgain(stage, ['Design station 1', 'Design station 2', 'Inspection laptop']),
    },
    { day: 42.4, happen: (stage) => logInAgain(stage, ['Design station 3']) },
    {
      day: 46.4,
      happen: async (stage) => {
        const message =
          'The site container is sealed until autumn, and its tablet blocks remote deactivation for all of us.';
        const about = { topic: 'deviceDeactivation', message, device: 'Site container tablet' };
        tickets.set('sealed', await openTicket(stage, hanna, 'bridge', about));
      },
    },
    {
      day: 47.5,
      happen: (stage) =>
        act(stage, agent, 'POST', `${stage.licensePath('bridge')}/remote-deactivation/forced`, {
          ticketId: ticket('sealed'),
        }),
    },
    {
      day: 50.2,
      happen: async (stage) => {
        const message = 'Can we pay for two more seats in the middle of the year?';
        tickets.set('seats', await openTicket(stage, elena, 'mapper', { topic: 'billing', message }));
      },
    },
    {
      day: 55.3,
      happen: async (stage) => {
        const credentials = { ...(await stage.as(operator)), 'if-match': '*' };
        await stage.client.must('PATCH', stage.licensePath('mapper'), credentials, { seats: 10 });
      },
    },
    {
      day: 55.5,
      happen: (stage) => act(stage, elena, 'PATCH', `/v1/support-tickets/${ticket('seats')}`, { status: 'closed' }),
    },
    { day: 60.5, happen: (stage) => deactivate(stage, marco, 'Loaner notebook', 'Given back to the rental') },
    {
      day: 74.3,
      happen: (stage) =>
        act(stage, elena, 'POST', `${stage.licensePath('mapper')}/devices`, {
          fingerprint: 'mapper-spare-0001',
          name: 'Spare workstation',
        }),
    },
    { day: 80.2, happen: (stage) => act(stage, operator, 'POST', `${stage.licensePath('parcel')}/suspend`) },
    {
      day: 80.6,
      happen: (stage) =>
        openTicket(stage, tomas, 'parcel', {
          topic: 'billing',
          message: 'Our license is suspended although the invoice was paid on Monday.',
        }),
    },
    {
      day: 85.4,
      happen: (stage) =>
        act(stage, hanna, 'PUT', `${stage.licensePath('pointCloud')}/remote-deactivation`, { enabled: true }),
    },
    { day: 86.4, happen: (stage) => logInAgain(stage, ['Scanner workstation']) },
    {
      day: 86.5,
      happen: (stage) =>
        openTicket(stage, marco, 'mapper', {
          topic: 'technical',
          message: 'Since 4.12.1 the nightly runner needs ten minutes longer for the same flight.',
        }),
    },
    {
      day: 88.3,
      happen: (stage) =>
        openTicket(stage, erik, 'pointCloud', {
          topic: 'deviceDeactivation',
          message: 'Nobody finds the quay scanner cart, and enabling waits for it.',
          device: 'Quay scanner cart',
        }),
    },
  ];
}
