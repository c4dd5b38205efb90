/**
 * Gives the panel the requests that put events to machines, or whose answers are events of client software's session, each with the
 * address of its description: read from the description of the interface when the panel is built, so that a new one is known without a
 * word here.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const name = 'virtual:event-requests';

interface Operation {
  operationId: string;
  tags: [string];
  'x-events'?: { machine: string; event: string }[];
  'x-client-events'?: { event: string; as: 'request' | 'answer' }[];
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
      const requests: Record<string, { request: string; page: string; as: 'request' | 'answer' }[]> = {};
      for (const [path, item] of Object.entries(paths)) {
        for (const [
          method,
          {
            operationId,
            tags: [chapter],
            'x-events': events = [],
            'x-client-events': clientEvents = [],
          },
        ] of Object.entries(item)) {
          // As src/rules/rule.addresses.ts has it.
          const page = `/docs#/${encodeURIComponent(chapter)}/${operationId}`;
          const request = `${method.toUpperCase()} ${path}`;
          for (const { machine, event } of events) {
            (requests[`${machine}.${event}`] ??= []).push({ request, page, as: 'request' });
          }
          for (const { event, as } of clientEvents) {
            (requests[`clientSession.${event}`] ??= []).push({ request, page, as });
          }
        }
      }
      return `export const eventRequests = ${JSON.stringify(requests)};`;
    },
  };
}
