/** `seatkeeper machines export`: the rules as files, for documents and other tools. It needs neither server nor database. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anyMachineIds } from '../../machines/index.js';
import { Charts } from '../inspector/charts.js';
import { exportedMachine, exportFormats } from '../inspector/machine.exports.js';
import { makeFolder } from '../persistence/folder.js';
import { type Command, WrongUsage } from './command.js';

const every = 'all';

export const machinesExportCommand: Command = {
  name: 'machines export',
  summary: 'Write the statecharts into files: pictures, SCXML, Mermaid, JSON for XState, tables in Markdown',
  description: [
    'Writes a file for each machine, such as device.svg, and replaces one of that name. The same as a server answers at /v1/machines/device.svg and beside it.',
    'SCXML runs in any interpreter with the ECMAScript data model: whoever sends an event says in its data, under "guards", which guards hold. JSON is what createMachine of XState takes; guards and actions are to be provided.',
  ],
  options: [
    { name: 'format', value: 'FORMAT', meaning: `${exportFormats.join(', ')} or ${every}`, usual: every },
    { name: 'out', value: 'DIR', meaning: 'The folder; it is made where there is none', usual: 'machines-export' },
  ],
  examples: [
    { line: 'seatkeeper machines export --format svg --out charts', meaning: 'the pictures, in the folder charts' },
    { line: 'seatkeeper machines export --json', meaning: 'everything, and the names of the files as a list' },
  ],
  hasJson: true,
  async run(_surroundings, { format = every, out = '' }) {
    const formats = exportFormats.filter((known) => format === every || format === known);
    if (formats.length === 0) throw new WrongUsage(`There is no format ${format}.`);
    makeFolder(out);
    const charts = new Charts();
    const files: string[] = [];
    for (const id of anyMachineIds) {
      for (const ending of formats) {
        const file = join(out, `${id}.${ending}`);
        await writeFile(file, await exportedMachine(id, ending, charts));
        files.push(file);
      }
    }
    return { sentences: files.map((file) => `${file} is written.`), json: { files } };
  },
};
