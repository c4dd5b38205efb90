/** Stands before signing out, which nobody has to be signed in for: another site must not sign a browser out. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refuseCrossSite } from '../auth/cross-site.js';
import { Sessions } from '../auth/sessions.js';
import { Configuration } from '../config/configuration.js';

@Injectable()
export class OwnSessionGuard implements CanActivate {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  /** Throws `forbidden`. */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.sessions.isCarriedBy(request)) refuseCrossSite(request, this.configuration.publicUrl);
    return true;
  }
}
