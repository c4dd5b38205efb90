/**
 * Looks at every route of every controller when the server starts, and stops the start where one does not declare who may use
 * it. So nobody finds out at run time that they forgot; the guard refuses such a route all the same.
 */
import { Inject, Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessRuleOf } from './access.decorators.js';

@Injectable()
export class RouteDeclarations implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  /** Throws where a route declares nothing, or contradicts itself. */
  onModuleInit(): void {
    const undeclared = this.routes().filter((route) => accessRuleOf(route.handler) === null);
    if (undeclared.length === 0) return;
    const names = undeclared.map((route) => route.name).join(', ');
    throw new Error(`these routes do not say who may use them (@Allow or @Public): ${names}`);
  }

  /** Every route of every controller, such as `POST TokenController.issue`. */
  routes(): { name: string; handler: object }[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype?: Record<string, unknown> } | null)?.prototype;
      if (prototype === undefined) return [];
      return this.scanner.getAllMethodNames(prototype).flatMap((methodName) => {
        const handler = prototype[methodName] as object;
        if (Reflect.getMetadata(PATH_METADATA, handler) === undefined) return [];
        const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number];
        return [{ name: `${verb} ${metatype?.name}.${methodName}`, handler }];
      });
    });
  }
}
