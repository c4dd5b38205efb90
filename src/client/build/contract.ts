/**
 * Writes the types of what client software sends and is answered, from the description of the interface (`npm run client:generate`). A
 * test compares what it would write with what is there.
 */
import openapiTS, { astToString } from 'openapi-typescript';

/** The schemas that the client names; those that they refer to come along. */
const wanted = ['Activation', 'CheckIn', 'CheckInBody', 'DeviceAnswer', 'JsonWebKeySet', 'NewDevice', 'Problem'];

type Schemas = Record<string, object>;

/**
 * The text of `contract.ts`, not yet formatted.
 *
 * @param description the OpenAPI document
 */
export async function contractModule(description: {
  openapi: string;
  info: object;
  components?: object;
}): Promise<string> {
  const all = ((description.components ?? {}) as { schemas?: Schemas }).schemas ?? {};
  const { openapi, info } = description;
  const ast = await openapiTS(JSON.stringify({ openapi, info, paths: {}, components: { schemas: withReferred(all) } }));
  const types = astToString(ast).replace(/^\/\*\*[\s\S]*?\*\/\n/, '');
  const schemas = /^export interface components \{[\s\S]*?^\}/m.exec(types)?.[0];
  if (schemas === undefined) throw new Error('the description has no schemas');
  return `/**
 * What client software sends and is answered, as types. Written by \`npm run client:generate\` from the description of the interface, and
 * compared with it by a test.
 */
${schemas}
`;
}

function withReferred(all: Schemas): Schemas {
  const taken: Schemas = {};
  const take = (name: string): void => {
    const schema = all[name];
    if (schema === undefined) throw new Error(`the description has no schema ${name}`);
    if (name in taken) return;
    taken[name] = withoutExamples(schema);
    for (const [, referred = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) take(referred);
  };
  wanted.forEach(take);
  return taken;
}

/** What is said by example in the description is no type. */
function withoutExamples(schema: object): object {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === 'example' || key === 'examples' ? undefined : value)),
  ) as object;
}
