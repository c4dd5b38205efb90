import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { LicenseEntity } from '../licenses/license.entity.js';
import { uuid, word } from '../persistence/column-types.js';

/** The remote deactivation setting of a license as a row. */
@Entity('remote_deactivation')
@Check('remote_deactivation_state_known', `"state" IN ('disabled', 'enabling', 'enabled')`)
export class RemoteDeactivationEntity {
  @ForeignKey(() => LicenseEntity, { name: 'remote_deactivation_license_exists' })
  @PrimaryColumn(uuid)
  licenseId!: string;

  @Column(word)
  state!: string;

  @Column({ type: 'integer' })
  epoch!: number;
}
