/** Shows the public keys that leases are verified with, to everybody. */
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorators.js';
import { Clock } from '../clock/clock.js';
import { type JsonWebKeySet, jsonWebKeySet, jwksOf } from './jwks.js';
import { SigningKeys } from './signing-keys.js';

@ApiTags('around it')
@Controller('.well-known')
export class JwksController {
  constructor(
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The key that signs, those that will, and those under which a lease may still hold; as another process left them. */
  @Get('jwks.json')
  @Public()
  @Header('content-type', 'application/jwk-set+json')
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ operationId: 'readKeys', summary: 'The public keys that leases are verified with' })
  @ApiProduces('application/jwk-set+json')
  @ApiResponse({ status: 200, description: 'A JSON Web Key Set', standardSchema: jsonWebKeySet })
  async read(): Promise<JsonWebKeySet> {
    const now = this.clock.now();
    await this.keys.refresh(now);
    return jwksOf(this.keys.published(now));
  }
}
