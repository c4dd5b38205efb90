/**
 * Rows of a history in a list that grows at both ends: older ones are asked for, newer ones too where it begins at a moment, and come by
 * the stream as soon as it goes up to the newest.
 */
import type { InfiniteData } from '@tanstack/react-query';
import type { Transition } from '../api/schema';
import type { HistoryFilter } from '../license/license.queries';
import type { SubjectRef } from './inspections.queries';

/** What is asked for at once: rows from a sequence on, that one included, or around one; the newest where nothing is named. */
export type TrailPart =
  { way: 'older'; from?: number } | { way: 'newer'; from: number } | { way: 'around'; at: number };

/** Rows next to each other, the newest first, and whether there are others beyond them. */
export interface TrailPage {
  items: Transition[];
  hasOlder: boolean;
  hasNewer: boolean;
}

export type Trail = InfiniteData<TrailPage, unknown>;

/** What comes after a page; null at the end. */
export function olderPart({ items, hasOlder }: TrailPage): TrailPart | null {
  const oldest = items.at(-1);
  return hasOlder && oldest !== undefined && oldest.sequence > 1 ? { way: 'older', from: oldest.sequence - 1 } : null;
}

/** What comes before a page; null where it goes up to the newest. */
export function newerPart({ items, hasNewer }: TrailPage): TrailPart | null {
  const newest = items[0];
  return hasNewer && newest !== undefined ? { way: 'newer', from: newest.sequence + 1 } : null;
}

/** Whether rows are missing between the list and the newest ones. */
export function endsBeforeNow(trail: Trail): boolean {
  return trail.pages[0]?.hasNewer ?? false;
}

/** Whether a row is of those that the list was asked for. */
export function belongs(row: Transition, { machine, id }: SubjectRef, filter: HistoryFilter): boolean {
  if (machine !== 'license' && (row.machine !== machine || row.subjectId !== id)) return false;
  const { event, outcome, actorKind, actorId, from, to } = filter;
  if (event !== undefined && !event.some((name) => name === row.event)) return false;
  if (outcome !== undefined && outcome !== row.outcome) return false;
  if (actorKind !== undefined && actorKind !== row.actor.kind) return false;
  if (actorId !== undefined && actorId !== row.actor.id) return false;
  return (from === undefined || row.at >= from) && (to === undefined || row.at < to);
}

/** The list with new rows in front, each once, the newest first; as it is where others are missing in between. */
export function withNewer(trail: Trail, rows: readonly Transition[]): Trail {
  const [first, ...rest] = trail.pages;
  if (first === undefined || first.hasNewer) return trail;
  const newest = first.items[0]?.sequence ?? 0;
  const fresh = new Map(rows.filter(({ sequence }) => sequence > newest).map((row) => [row.sequence, row]));
  if (fresh.size === 0) return trail;
  const front = [...fresh.values()].sort((a, b) => b.sequence - a.sequence);
  return { ...trail, pages: [{ ...first, items: [...front, ...first.items] }, ...rest] };
}
