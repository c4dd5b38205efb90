/** Health over HTTP, for whoever starts, stops and balances servers. */
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorators.js';
import { type Health, healthSchema } from './health.schemas.js';
import { Readiness } from './readiness.js';

const healthy: Health = { status: 'ok' };

@ApiTags('around it')
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** 200 while the process lives, whatever its database does. */
  @Get('live')
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'readLiveness', summary: 'Whether the process lives' })
  @ApiResponse({ status: 200, description: 'It does', standardSchema: healthSchema })
  live(): Health {
    return healthy;
  }

  @Get('ready')
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'readReadiness',
    summary: 'Whether the server can do its work: the database is reachable and migrated',
  })
  @ApiResponse({ status: 200, description: 'It can', standardSchema: healthSchema })
  async ready(): Promise<Health> {
    await this.readiness.require();
    return healthy;
  }
}
