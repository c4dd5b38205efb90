/** The id of a route in the OpenAPI document, as its declaration gives it. */
import 'reflect-metadata';

/** Under which `@nestjs/swagger` keeps what `@ApiOperation` says. */
const operationKey = 'swagger/apiOperation';

/** Null for a route that is not in the document. */
export function operationIdOf(handler: object): string | null {
  const declared = Reflect.getMetadata(operationKey, handler) as { operationId?: string } | undefined;
  return declared?.operationId ?? null;
}
