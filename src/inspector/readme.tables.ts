/** The tables in a document such as `machines/README.md`: for each machine what stands between its two marks. The rest is people's. */
import { describedMachines, type AnyMachineId } from '../../machines/index.js';
import { markdownOf } from './machine.markdown.js';

/** The marks around the tables of a machine. */
export function marksOf(id: AnyMachineId): readonly [begin: string, end: string] {
  return [`<!-- tables of ${id}: written by "npm run machines:readme" -->`, `<!-- end of the tables of ${id} -->`];
}

/** A document with the tables as the machines are now. Throws where the marks of a machine are missing. */
export function withTables(document: string): string {
  return describedMachines.reduce((text, machine) => {
    const [begin, end] = marksOf(machine.id);
    const [first, last] = [text.indexOf(begin), text.indexOf(end)];
    if (first < 0 || last < first) throw new Error(`the document has no place for the tables of ${machine.id}`);
    return `${text.slice(0, first + begin.length)}\n\n${markdownOf(machine)}\n${text.slice(last)}`;
  }, document);
}
