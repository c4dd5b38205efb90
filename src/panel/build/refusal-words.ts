/**
 * Gives the panel the server's words for each refusal: title, remedy and the address of its page by code, read from the examples in the description of the
 * interface when the panel is built. So a reason in a list reads as the refusal itself would, and no sentence stands twice.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const name = 'virtual:refusal-words';

interface Described {
  components: { examples: Record<string, { value: { type: string; title: string; remedy: string | null } }> };
}

/** @param description the path of the description, `dist/openapi.json` */
export function refusalWords(description: string): Plugin {
  return {
    name: 'refusal-words',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const { components } = JSON.parse(readFileSync(description, 'utf8')) as Described;
      const words = Object.entries(components.examples).map(([code, { value }]) => [
        code,
        { title: value.title, remedy: value.remedy, page: new URL(value.type).pathname },
      ]);
      return `export const refusalWords = ${JSON.stringify(Object.fromEntries(words))};`;
    },
  };
}
