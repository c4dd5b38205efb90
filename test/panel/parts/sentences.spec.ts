/** Rows of the history as sentences, and whether there are words for every event that the server can tell of. */
import { readFileSync } from 'node:fs';
import type { Transition } from '../../../src/panel/api/schema';
import { actorKindWords, eventWords, sentenceOf, unnamedDevice } from '../../../src/panel/license/sentences';

const row: Transition = {
  sequence: 7,
  at: '2026-11-24T09:30:00.000Z',
  recordedAt: '2026-11-24T09:30:00.000Z',
  machine: 'device',
  subjectId: '01936f2a-0000-7000-8000-000000000021',
  licenseId: '01936f2a-0000-7000-8000-000000000011',
  event: 'logOut',
  from: 'active',
  to: 'loggedOut',
  outcome: 'accepted',
  reason: null,
  note: null,
  count: 1,
  checkIns: 0,
  actor: { kind: 'device', id: '01936f2a-0000-7000-8000-000000000021', name: null },
  ticketId: null,
  requestId: null,
};
const anna = { kind: 'member', id: '01936f2a-0000-7000-8000-000000000031', name: 'anna@acme.example' } as const;
const setting = { ...row, machine: 'remoteDeactivation', actor: anna } as const;

interface Described {
  paths: Record<
    string,
    { get: { parameters: { name: string; schema: { items?: { enum?: string[] }; enum?: string[] } }[] } }
  >;
}
const described = JSON.parse(readFileSync('dist/openapi.json', 'utf8')) as Described;
const parameters = described.paths['/v1/licenses/{id}/transitions']?.get.parameters ?? [];
const schemaOf = (name: string) => parameters.find((parameter) => parameter.name === name)?.schema;

describe('a sentence', () => {
  it.each([
    [row, 'Laptop logged out'],
    [{ ...row, event: 'activate', from: 'inactive' }, 'Laptop took a seat'],
    [{ ...row, event: 'activate', from: 'active' }, 'Laptop activated again'],
    [{ ...row, event: 'remotelyDeactivate', actor: anna }, 'anna@acme.example deactivated Laptop remotely'],
    [{ ...setting, event: 'enable', to: 'enabled' }, 'anna@acme.example enabled remote deactivation'],
    [
      { ...setting, event: 'enable', to: 'enabling' },
      'anna@acme.example asked for remote deactivation; it waits for devices',
    ],
    [{ ...setting, event: 'disable', from: 'enabling' }, 'anna@acme.example stopped enabling remote deactivation'],
    [{ ...setting, event: 'disable', from: 'enabled' }, 'anna@acme.example disabled remote deactivation'],
  ] as [Transition, string][])('tells what happened (%#)', (told, sentence) => {
    expect(sentenceOf(told, 'Laptop')).toBe(sentence);
  });

  it('says why a seat was refused in the server’s words', () => {
    const refused: Transition = {
      ...row,
      event: 'activate',
      outcome: 'refused',
      reason: 'noSeatAvailable',
      subjectId: null,
    };
    expect(sentenceOf(refused, unnamedDevice)).toBe(
      'A device wanted to take a seat and was refused: all seats are occupied',
    );
  });

  it('names client software by the end of its key', () => {
    const actor = { kind: 'licenseKey', id: null, name: 'aB3dE9' } as const;
    expect(sentenceOf({ ...row, event: 'register', actor }, 'Laptop')).toBe(
      'Client software with the key …aB3dE9 registered Laptop',
    );
  });

  it('begins with a capital, and leaves names as they were given', () => {
    expect(sentenceOf(row, 'win-7781')).toBe('win-7781 logged out');
    expect(sentenceOf(row, unnamedDevice)).toBe('A device logged out');
    expect(sentenceOf({ ...setting, event: 'disable', actor: { kind: 'support', id: null, name: null } }, '')).toBe(
      'Support disabled remote deactivation',
    );
  });

  it('is there for each event that the history can be asked for', () => {
    const events = schemaOf('event')?.items?.enum ?? [];
    expect(events.length).toBeGreaterThan(20);
    expect(eventWords.map(([event]) => event).sort()).toEqual([...events].sort());
    const machines = ['device', 'remoteDeactivation', 'license', 'supportTicket'] as const;
    const untold = events.filter((event) =>
      machines.every((machine) => sentenceOf({ ...row, machine, event, actor: anna }, 'Laptop').endsWith(`: ${event}`)),
    );
    expect(untold).toEqual([]);
  });

  it('knows each kind of actor but the server itself, which does nothing of its own accord', () => {
    const kinds = (schemaOf('actorKind')?.enum ?? []).filter((kind) => kind !== 'system');
    expect(actorKindWords.map(([kind]) => kind as string).sort()).toEqual(kinds.sort());
  });
});
