/** The machine in forms to take away. */
import { Anchor, Group } from '@mantine/core';
import type { Machine } from '../api/schema';

const formats = [
  ['svg', 'SVG'],
  ['scxml', 'SCXML'],
  ['mmd', 'Mermaid'],
  ['json', 'XState JSON'],
  ['md', 'Markdown'],
] as const;

export function Downloads({ id }: { id: Machine['id'] }) {
  return (
    <Group gap="sm" role="group" aria-label="Downloads">
      {formats.map(([ending, words]) => (
        <Anchor key={ending} size="sm" href={`/v1/machines/${id}.${ending}`} download={`${id}.${ending}`}>
          {words}
        </Anchor>
      ))}
    </Group>
  );
}
