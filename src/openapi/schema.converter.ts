/**
 * Turns the zod schemas of requests and answers into the JSON Schema of OpenAPI 3.1. Schemas that have an id become components,
 * once; what a request may say is described as it comes in, what an answer says as it goes out.
 */
import type { SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';

type Converter = NonNullable<SwaggerDocumentOptions['standardSchemaConverter']>;
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The converter for one document. It throws where one id would mean two things, because a component can only be one of them. */
export function schemaConverter(): Converter {
  const known = new Map<string, string>();
  return (schema, { schemaType }) => {
    if (!(schema instanceof z.ZodType)) throw new TypeError('the interface is described by zod schemas only');
    const {
      $schema: _,
      $defs: components = {},
      ...own
    } = z.toJSONSchema(schema, { io: schemaType, override: restore });
    for (const [id, component] of Object.entries(components)) {
      const text = JSON.stringify(component);
      if ((known.get(id) ?? text) !== text) throw new Error(`the schema ${id} goes in otherwise than it comes out`);
      known.set(id, text);
    }
    return { schema: own, components };
  };
}

/**
 * Gives fields that are transformed their examples and defaults back: zod leaves those out, because in general they are values
 * after the transformation; ours are as they are sent. And a whole number without limits is described as one.
 */
function restore({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
  if (jsonSchema.$ref !== undefined) return;
  const { examples, default: fallback } = z.globalRegistry.get(zodSchema) ?? {};
  if (Array.isArray(examples)) jsonSchema.examples = examples;
  if (fallback !== undefined) Object.assign(jsonSchema, { default: fallback });
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
