/** Rows of a history in a list that grows at both ends: older ones are asked for, newer ones come by the stream. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Page, Transition } from '../api/schema';
import type { HistoryFilter } from '../license/license.queries';
import type { SubjectRef } from './inspections.queries';

type Trail = InfiniteData<Page<Transition>, unknown>;

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

/** The list with new rows in front, each once, the newest first. */
export function withNewer(trail: Trail, rows: readonly Transition[]): Trail {
  const [first, ...rest] = trail.pages;
  if (first === undefined) return trail;
  const newest = first.items[0]?.sequence ?? 0;
  const fresh = new Map(rows.filter(({ sequence }) => sequence > newest).map((row) => [row.sequence, row]));
  if (fresh.size === 0) return trail;
  const front = [...fresh.values()].sort((a, b) => b.sequence - a.sequence);
  return { ...trail, pages: [{ ...first, items: [...front, ...first.items] }, ...rest] };
}
