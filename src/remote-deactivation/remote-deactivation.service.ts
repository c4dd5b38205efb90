/** The setting, between HTTP and the coordinator. It knows no rule. */
import { Inject, Injectable } from '@nestjs/common';
import type { Command } from '../../machines/index.js';
import { actorOf, type TokenPrincipal } from '../auth/principal.js';
import { Coordinator } from '../coordinator/coordinator.js';
import { previewOf, type Wish } from '../history/preview.js';
import { RefusalDetails } from '../licenses/refusal.details.js';
import { organizationSeenBy } from '../licenses/seen-license.queries.js';
import { Database } from '../persistence/database.js';
import { readRemoteDeactivation } from './remote-deactivation.presenter.js';
import type { RemoteDeactivationAnswer } from './remote-deactivation.schemas.js';

/** How often a setting is decided again that has moved on by itself before it was shown. */
const attemptsMax = 3;

@Injectable()
export class RemoteDeactivationService {
  constructor(
    @Inject(Coordinator) private readonly coordinator: Coordinator,
    @Inject(Database) private readonly database: Database,
    @Inject(RefusalDetails) private readonly refusals: RefusalDetails,
  ) {}

  /** Turns the setting on or off for the owner (R6). */
  set(asker: TokenPrincipal, licenseId: string, enabled: boolean, wish: Wish): Promise<RemoteDeactivationAnswer> {
    return this.command(asker, licenseId, { type: enabled ? 'enable' : 'disable', actor: actorOf(asker) }, wish);
  }

  /** Turns it on for an owner who cannot reach a blocking device (R9). */
  force(asker: TokenPrincipal, licenseId: string, ticketId: string, wish: Wish): Promise<RemoteDeactivationAnswer> {
    return this.command(asker, licenseId, { type: 'forceEnable', actor: actorOf(asker), ticketId }, wish);
  }

  private async command(
    asker: TokenPrincipal,
    licenseId: string,
    command: Command,
    wish: Wish,
  ): Promise<RemoteDeactivationAnswer> {
    const submission = {
      command,
      address: { by: 'license', id: licenseId },
      organizationId: organizationSeenBy(asker),
      proof: null,
      requestId: wish.requestId,
    } as const;
    for (let attempt = 1; ; attempt += 1) {
      const decided = await this.refusals.accepted(
        () => (wish.dryRun ? this.coordinator.preview(submission) : this.coordinator.submit(submission)),
        wish,
      );
      const setting = await this.database.read((session) =>
        readRemoteDeactivation(session, licenseId, decided.rows.setting, decided.now),
      );
      // The last blocking device left right after the decision: asked again, it is enabled, and nothing happens twice (R12).
      const isPast = setting.state === 'enabling' && setting.blockingDeviceCount === 0;
      if (isPast && attempt < attemptsMax) continue;
      return { ...setting, ...previewOf(decided, wish) };
    }
  }
}
