import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LicenseEntity } from '../licenses/license.entity.js';
import { SeatEntity } from '../licenses/seat.entity.js';
import { optionalInstant, secretHash, uuid, word } from '../persistence/column-types.js';

/** A device as a row. That only an active one has a seat and a deactivation date is a constraint (R1, R3). */
@Entity('device')
@Check('device_state_known', `"state" IN ('inactive', 'active', 'loggedOut', 'expired', 'remotelyDeactivated')`)
@Check('device_active_has_seat', `("state" = 'active') = ("seat_number" IS NOT NULL)`)
@Check('device_active_has_date', `("state" = 'active') = ("deactivation_date" IS NOT NULL)`)
@Index('device_fingerprint_unique', ['licenseId', 'fingerprint'], { unique: true })
@Index('device_seat_unique', ['licenseId', 'id', 'seatNumber'], { unique: true })
@Index('device_sweep', ['sweepAt'], { where: `"state" = 'active'` })
@Index('device_license_sweep', ['licenseId', 'sweepAt'], { where: `"state" = 'active'` })
@ForeignKey(() => SeatEntity, ['licenseId', 'id', 'seatNumber'], ['licenseId', 'deviceId', 'number'], {
  name: 'device_is_on_its_seat',
  deferrable: 'INITIALLY DEFERRED',
})
export class DeviceEntity {
  @PrimaryColumn(uuid)
  id!: string;

  @ForeignKey(() => LicenseEntity, { name: 'device_license_exists' })
  @Column(uuid)
  licenseId!: string;

  @Column({ type: 'varchar', length: 255 })
  fingerprint!: string;

  @Column({ type: 'varchar', length: 100, nullable: true })
  name!: string | null;

  /** Whether a person gave the name; then the client's counts no more. */
  @Column({ type: 'boolean' })
  namedByPerson!: boolean;

  @Column({ type: 'varchar', length: 100, nullable: true })
  platform!: string | null;

  @Column({ type: 'varchar', length: 100, nullable: true })
  appVersion!: string | null;

  @Column(word)
  state!: string;

  @Column({ type: 'integer', nullable: true })
  seatNumber!: number | null;

  /** The setting's epoch when the device activated, null while the setting was disabled (R7). */
  @Column({ type: 'integer', nullable: true })
  epoch!: number | null;

  @Column(optionalInstant)
  activatedAt!: number | null;

  @Column(optionalInstant)
  lastSeenAt!: number | null;

  @Column(optionalInstant)
  deactivationDate!: number | null;

  @Column(optionalInstant)
  leaseExpiresAt!: number | null;

  @Column({ type: 'integer' })
  checkInCount!: number;

  /** Connections since the device's last row in the history. */
  @Column({ type: 'integer' })
  checkInsSinceRow!: number;

  @Column({ ...word, nullable: true })
  endedByKind!: string | null;

  @Column(optionalInstant)
  endedAt!: number | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  endedReason!: string | null;

  @Column({ type: 'integer' })
  version!: number;

  /** The token in use. */
  @Index('device_token_hash_unique', { unique: true })
  @Column({ ...secretHash, nullable: true })
  tokenHash!: string | null;

  /** The newest token given to a device that was active already; its first use ends the one before. */
  @Index('device_next_token_hash_unique', { unique: true })
  @Column({ ...secretHash, nullable: true })
  nextTokenHash!: string | null;

  /** When the sweep looks at the device: never later than its deactivation date, and moved on by the sweep alone. */
  @Column(optionalInstant)
  sweepAt!: number | null;
}
