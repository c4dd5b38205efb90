/** Has a running server notice within half a minute of system time that another process rotated its signing keys. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { SigningKeys } from './signing-keys.js';

/** A rotation leaves ten minutes, so this is soon enough. */
const everyMillis = 30_000;

@Injectable()
export class SigningKeysWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keys.refresh(this.clock.now()), everyMillis).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
