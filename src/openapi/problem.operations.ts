/** The operations that can answer with a problem code, read from the description of the interface, so that both say the same. */
import type { OpenAPIObject } from '@nestjs/swagger';
import type { AnsweringOperation } from '../problems/problem.pages.js';
import { problemMediaType } from '../problems/problem.reply.js';
import { addressOfOperation } from '../rules/rule.addresses.js';

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** By code, in the order of the description. */
export function operationsByProblem({ paths }: OpenAPIObject): ReadonlyMap<string, readonly AnsweringOperation[]> {
  const found = new Map<string, AnsweringOperation[]>();
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const { operationId = '', tags: [chapter = ''] = [], summary = '', responses = {} } = item[method] ?? {};
      const operation = {
        name: `${method.toUpperCase()} ${path}`,
        summary,
        address: addressOfOperation(chapter, operationId),
      };
      // What `default` stands for, any operation can be answered, which is nothing to tell of each.
      for (const [, response] of Object.entries(responses).filter(([status]) => status !== 'default')) {
        const { examples = {} } =
          (response && 'content' in response ? response.content?.[problemMediaType] : null) ?? {};
        for (const code of Object.keys(examples)) found.set(code, [...(found.get(code) ?? []), operation]);
      }
    }
  }
  return found;
}
