/** The metrics over HTTP. They are open to everybody who reaches the server, and hold totals only. */
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Public } from '../auth/access.decorators.js';
import { ServerMetrics } from './server.metrics.js';

/** The first of them, as they are printed. */
const excerpt = `# HELP seatkeeper_seats Seats of all licenses
# TYPE seatkeeper_seats gauge
seatkeeper_seats 2

# HELP seatkeeper_active_devices Active devices of all licenses, overdue ones left out
# TYPE seatkeeper_active_devices gauge
seatkeeper_active_devices 1
`;

@ApiTags('around it')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(ServerMetrics) private readonly metrics: ServerMetrics) {}

  @Get()
  @Public()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'readMetrics', summary: 'Metrics in the text format of Prometheus' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'The metrics', schema: { type: 'string', example: excerpt } })
  read(): Promise<string> {
    return this.metrics.text();
  }
}
