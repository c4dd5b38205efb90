/** Compiles the script of a thread, and the sources that it imports, into a folder: threads do not run sources. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const imported = /^import (?!type\b).*? from '(\.[^']+)\.js';$/gms;

/**
 * Compiles `src/<path>.ts` and what it imports below `folder`. Gives the address of the script.
 *
 * @param path such as `leases/signing.worker`
 */
export function compileThread(path: string, folder: string): URL {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const pending = [path];
  const compiled = new Set<string>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (compiled.has(next)) continue;
    compiled.add(next);
    const source = readFileSync(join(root, 'src', `${next}.ts`), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 },
    });
    mkdirSync(dirname(join(folder, next)), { recursive: true });
    writeFileSync(join(folder, `${next}.js`), outputText);
    for (const [, target = ''] of source.matchAll(imported)) pending.push(join(dirname(next), target));
  }
  return pathToFileURL(join(folder, `${path}.js`));
}
