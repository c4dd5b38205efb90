/**
 * What a route declares about who may use it. A route that declares nothing is refused to everybody. Nothing is decided here:
 * the guard reads the declarations.
 */
import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { KnownPrincipal } from './principal.js';
import type { MemberRole } from './role.js';
import type { SecurityScheme } from './security.schemes.js';

/** Who can be allowed: kinds of credentials, and for access tokens their role. */
export type AccessKind = 'licenseKey' | 'device' | 'operator' | 'support' | MemberRole;

/** What a route declares. */
export type AccessRule =
  | { readonly open: true }
  | {
      readonly open: false;
      readonly allowed: ReadonlySet<AccessKind>;
      readonly checkedByBatch: boolean;
      /** Whether they have to be signed in: the route is about the session itself. */
      readonly signedIn: boolean;
    };

const openKey = Symbol('open to everybody');
const allowedKey = Symbol('allowed kinds');
const signedInKey = Symbol('for who is signed in');
const batchKey = Symbol('device token checked by the batch');

/** Only these may use the route; others are told `forbidden`. The description of the interface says so too. */
export function Allow(...kinds: readonly [AccessKind, ...AccessKind[]]): MethodDecorator {
  return applyDecorators(
    declare(allowedKey, new Set<AccessKind>(kinds)),
    ApiExtension('x-allowed', kinds),
    ...[...new Set(kinds.flatMap(schemesOf))].map((scheme) => ApiSecurity(scheme)),
  );
}

const people = ['operator', 'support', 'owner', 'manager', 'editor', 'reader'] as const satisfies AccessKind[];

/** Only who is signed in may use the route, in whatever role; another credential is told `forbidden`. */
export function AllowSignedIn(): MethodDecorator {
  return applyDecorators(
    declare(allowedKey, new Set<AccessKind>(people)),
    declare(signedInKey, true),
    ApiExtension('x-allowed', people),
    ApiSecurity('session'),
  );
}

/** Everybody may use the route, without a credential. */
export function Public(): MethodDecorator {
  return declare(openKey, true);
}

/**
 * The route is hot: a device token is not looked up, its hash goes on as a `DeviceClaim`, and whoever handles the request has
 * it compared with the device's row. Needs `@Allow('device')` too.
 */
export function CheckedByBatch(): MethodDecorator {
  return declare(batchKey, true);
}

/** What the handler of a route declares; null where it declares nothing, or contradicts itself. */
export function accessRuleOf(handler: object): AccessRule | null {
  const isOpen = Reflect.getMetadata(openKey, handler) === true;
  const allowed = Reflect.getMetadata(allowedKey, handler) as ReadonlySet<AccessKind> | undefined;
  const checkedByBatch = Reflect.getMetadata(batchKey, handler) === true;
  if (isOpen) return allowed === undefined && !checkedByBatch ? { open: true } : null;
  if (allowed === undefined || (checkedByBatch && !allowed.has('device'))) return null;
  return { open: false, allowed, checkedByBatch, signedIn: Reflect.getMetadata(signedInKey, handler) === true };
}

/** As what a principal is allowed or not: its role if it is a member, else its kind. */
export function accessKindOf(principal: KnownPrincipal): AccessKind {
  return principal.kind === 'member' ? principal.role : principal.kind;
}

function schemesOf(kind: AccessKind): SecurityScheme[] {
  if (kind === 'licenseKey') return ['licenseKey'];
  return kind === 'device' ? ['deviceToken'] : ['accessToken', 'session'];
}

function declare(key: symbol, value: unknown): MethodDecorator {
  return (_prototype, _name, descriptor) => {
    Reflect.defineMetadata(key, value, descriptor.value as object);
  };
}
