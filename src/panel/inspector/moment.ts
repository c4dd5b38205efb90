/** What a row of the history says, as it stands in the address of the inspector; and what of a chart it is about. */
import type { Imagination, Machine, Transition } from '../api/schema';

export interface ShownMoment {
  event?: string;
  from?: string;
  to?: string;
}

const word = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value);

/** What an address says, as far as it is understood. */
export function momentOfSearch({ event, from, to }: Record<string, unknown>): ShownMoment {
  return { event: word(event), from: word(from), to: word(to) };
}

/** What the address of a subject says: a place in its history, now where it names none; and the event that the history is narrowed down to. */
export interface SubjectSearch {
  sequence?: number;
  event?: string;
}

/** What an address says, as far as it is understood. */
export function subjectOfSearch({ sequence, event }: Record<string, unknown>): SubjectSearch {
  const place = Number(sequence);
  return { ...(Number.isInteger(place) && place > 0 ? { sequence: place } : {}), event: word(event) };
}

/** The moment of a row; of a birth there is no state before. */
export function momentOfRow({ event, from, to }: Transition): ShownMoment {
  return { event, from: from ?? undefined, to: to ?? undefined };
}

/** The state afterwards and the transition that was taken, by the names that they have in the picture. */
export function litAt(machine: Machine, { event, from, to }: ShownMoment): string[] {
  const taken = machine.transitions.find((way) => way.from === from && way.event === event && (way.to ?? from) === to);
  return [...(to === undefined ? [] : [to]), ...(taken === undefined ? [] : [taken.id])];
}

/** Of what would happen: the state before and the one after, and the way between them where one would be taken. */
export function litBy(
  machine: Machine,
  { event, from, to, outcome }: Pick<Imagination, 'event' | 'from' | 'to' | 'outcome'>,
): string[] {
  return [...new Set([from, to, ...(outcome === 'refused' ? [] : litAt(machine, { event, from, to }))])];
}
