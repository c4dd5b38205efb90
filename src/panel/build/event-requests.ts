/**
 * Gives the panel the requests that put events to machines, each with the address of its description: read from the description of
 * the interface when the panel is built, so that a new one is known without a word here.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const name = 'virtual:event-requests';

interface Operation {
  operationId: string;
  tags: [string];
  'x-events'?: { machine: string; event: string }[];
}

/** @param description the path of the description, `dist/openapi.json` */
export function eventRequests(description: string): Plugin {
  return {
    name: 'event-requests',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const { paths } = JSON.parse(readFileSync(description, 'utf8')) as {
        paths: Record<string, Record<string, Operation>>;
      };
      const requests = Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).flatMap(
          ([
            method,
            {
              operationId,
              tags: [chapter],
              'x-events': events = [],
            },
          ]) => {
            // As src/rules/rule.addresses.ts has it.
            const page = `/docs#/${encodeURIComponent(chapter)}/${operationId}`;
            return events.map(({ machine, event }) => [
              `${machine}.${event}`,
              { request: `${method.toUpperCase()} ${path}`, page },
            ]);
          },
        ),
      );
      return `export const eventRequests = ${JSON.stringify(Object.fromEntries(requests))};`;
    },
  };
}
