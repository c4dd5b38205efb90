/**
 * Turns a presented credential into a principal, or into the refusal that it deserves. It reads one row at most and decides
 * nothing about what the principal may do.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '../persistence/database.js';
import { ProblemError } from '../problems/problem.js';
import type { Presented } from './authorization.header.js';
import { findBearer, findLicenseKey } from './credential.queries.js';
import { FailedCredentials } from './failed-credentials.js';
import type { DeviceClaim, DevicePrincipal, KnownPrincipal } from './principal.js';
import { hashSecret } from './secret.js';

@Injectable()
export class Credentials {
  private unknownKeys = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FailedCredentials) private readonly failures: FailedCredentials,
  ) {}

  /** License keys that were not known, since the start: a metric only, so that nobody fills the disk by knocking. */
  get unknownLicenseKeys(): number {
    return this.unknownKeys;
  }

  /** Looks a credential up. Throws `unauthenticated`, or `tooManyRequests` where the address has failed too often. */
  async lookUp(request: FastifyRequest, presented: Presented): Promise<KnownPrincipal> {
    const find = presented.scheme === 'license' ? findLicenseKey : findBearer;
    const secretHash = hashSecret(presented.secret);
    const principal = await this.database.read((session) => find(session, secretHash));
    if (principal !== null) return principal;
    if (presented.scheme === 'license') this.unknownKeys += 1;
    throw await this.refusalFor(request);
  }

  /**
   * Says what is true of a claim that a batch has found wrong, or that could not be given to a batch because the rest of the
   * request is invalid (401 comes before 400).
   *
   * @param deviceId the device that the request is about; null where the request names none
   * @returns the device, where the token is its own after all: it may have become so in the meantime
   * @throws `unauthenticated` or `tooManyRequests` for an unknown token, `forbidden` for one that is no device's, `notFound` for
   * another device's
   */
  async explainClaim(request: FastifyRequest, claim: DeviceClaim, deviceId: string | null): Promise<DevicePrincipal> {
    const principal = await this.database.read((session) => findBearer(session, claim.tokenHash));
    if (principal === null) throw await this.refusalFor(request);
    if (principal.kind !== 'device') throw new ProblemError('forbidden');
    if (deviceId !== null && principal.deviceId !== deviceId) throw new ProblemError('notFound');
    return principal;
  }

  /** The refusal of a wrong credential, counted for the address that sent it. */
  refusalFor(request: FastifyRequest): Promise<ProblemError> {
    return this.failures.refusalFor(request.ip);
  }
}
