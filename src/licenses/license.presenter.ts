/** A license as it is shown: settled, with its setting and who blocks it. */
import { formatInstant } from '../clock/instant.js';
import type { Session } from '../persistence/session.js';
import { readRemoteDeactivation } from '../remote-deactivation/remote-deactivation.presenter.js';
import { countActiveDevices } from './license.queries.js';
import type { LicenseRepresentation } from './license.schemas.js';
import type { SettledLicense } from './settled.js';

/** Reads what the representation of a settled license needs besides its row. */
export async function presentLicense(session: Session, settled: SettledLicense): Promise<LicenseRepresentation> {
  const { license, setting, now } = settled;
  return {
    id: license.id,
    organizationId: settled.organizationId,
    product: settled.product,
    keyHint: license.keyHint,
    status: license.status,
    seats: license.seats,
    activeDevices: await countActiveDevices(session, license.id, now),
    checkInPeriod: license.checkInPeriod,
    validUntil: license.validUntil === null ? null : formatInstant(license.validUntil),
    supportAndUpgradeUntil:
      license.supportAndUpgradeUntil === null ? null : formatInstant(license.supportAndUpgradeUntil),
    remoteDeactivation: await readRemoteDeactivation(session, license.id, setting, now),
    version: license.version,
  };
}
