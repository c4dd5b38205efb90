/**
 * Which operations of the interface a role may use, read from what the routes declare. For who shows people what they can do; the
 * guard decides by the same declarations.
 */
import { Inject, Injectable } from '@nestjs/common';
import { accessRuleOf } from './access.decorators.js';
import { operationIdOf } from './operation.id.js';
import type { Role } from './role.js';
import { RouteDeclarations } from './route.declarations.js';

@Injectable()
export class RoleOperations {
  private readonly known = new Map<Role, readonly string[]>();

  constructor(@Inject(RouteDeclarations) private readonly declarations: RouteDeclarations) {}

  /** The ids of the operations that are for this role, in the order of the alphabet. What is open to everybody is not among them. */
  of(role: Role): readonly string[] {
    let ids = this.known.get(role);
    if (ids === undefined) {
      ids = this.declarations
        .routes()
        .filter(({ handler }) => {
          const rule = accessRuleOf(handler);
          return rule !== null && !rule.open && rule.allowed.has(role);
        })
        .flatMap(({ handler }) => operationIdOf(handler) ?? [])
        .sort();
      this.known.set(role, ids);
    }
    return ids;
  }
}
