/** Writes the modules of the client that are generated. It is a tool of the project and no part of the client. */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { contractModule } from './contract.js';
import { sessionTableModule } from './session-table.js';

/** The generated modules by their paths from the root of the project, as they are to be now. */
export async function generatedModules(
  description: Parameters<typeof contractModule>[0],
): Promise<Map<string, string>> {
  const modules = new Map([
    ['src/client/session.table.ts', sessionTableModule()],
    ['src/client/contract.ts', await contractModule(description)],
  ]);
  for (const [path, text] of modules) {
    modules.set(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  }
  return modules;
}

/** Writes them. @param description the OpenAPI document */
export async function generate(description: Parameters<typeof contractModule>[0]): Promise<void> {
  for (const [path, text] of await generatedModules(description)) await writeFile(path, text);
}
