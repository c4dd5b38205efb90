/** The forms in which a machine can be taken away, over HTTP and on the command line alike. */
import { describedMachines, type AnyMachineId } from '../../machines/index.js';
import { type Charts } from './charts.js';
import { configOf } from './machine.config.js';
import { markdownOf } from './machine.markdown.js';
import { mermaidOf } from './machine.mermaid.js';
import { scxmlOf } from './machine.scxml.js';
import { ourMachines } from './our.machines.js';

/** By the ending of a file's name. */
export const exportFormats = ['svg', 'scxml', 'mmd', 'json', 'md'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const texts = { scxml: scxmlOf, mmd: mermaidOf, md: markdownOf } as const;

/** A machine in a form. */
export async function exportedMachine(id: AnyMachineId, format: ExportFormat, charts: Charts): Promise<string> {
  return format === 'svg' ? charts.svg(id) : exportedText(id, format);
}

/** A machine in a form that is written and not drawn. */
export function exportedText(id: AnyMachineId, format: Exclude<ExportFormat, 'svg'>): string {
  if (format === 'json') return `${JSON.stringify(configOf(ourMachines[id]), null, 2)}\n`;
  const described = describedMachines.find((machine) => machine.id === id);
  if (described === undefined) throw new Error(`there is no machine ${id}`);
  return texts[format](described);
}
