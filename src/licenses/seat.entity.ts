import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DeviceEntity } from '../devices/device.entity.js';
import { optionalUuid, uuid } from '../persistence/column-types.js';
import { LicenseEntity } from './license.entity.js';

/** One place on a license: free, or occupied by exactly the device that says so too (R1, R3). */
@Entity('seat')
@Index('seat_occupant_unique', ['licenseId', 'deviceId', 'number'], { unique: true })
@ForeignKey(() => DeviceEntity, ['licenseId', 'deviceId', 'number'], ['licenseId', 'id', 'seatNumber'], {
  name: 'seat_is_of_its_device',
  deferrable: 'INITIALLY DEFERRED',
})
export class SeatEntity {
  @ForeignKey(() => LicenseEntity, { name: 'seat_license_exists' })
  @PrimaryColumn(uuid)
  licenseId!: string;

  @PrimaryColumn({ type: 'integer' })
  number!: number;

  @Index('seat_device_unique', { unique: true })
  @Column(optionalUuid)
  deviceId!: string | null;
}
