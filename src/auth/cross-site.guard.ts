/**
 * Stands before routes where somebody signs in without a cookie: another site must not sign a browser in as somebody else. Programs,
 * which say nothing of an origin, are let through.
 */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Configuration } from '../config/configuration.js';
import { refuseCrossSite } from './cross-site.js';

@Injectable()
export class CrossSiteGuard implements CanActivate {
  constructor(@Inject(Configuration) private readonly configuration: Configuration) {}

  /** Throws `forbidden`. */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin !== undefined || site !== undefined) refuseCrossSite(request, this.configuration.publicUrl);
    return true;
  }
}
