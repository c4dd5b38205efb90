import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OrganizationEntity } from '../organizations/organization.entity.js';
import { instant, optionalInstant, secretHash, uuid, word } from '../persistence/column-types.js';

/** A license as a row. */
@Entity('license')
@Check('license_status_known', `"status" IN ('active', 'suspended', 'expired', 'revoked')`)
@Index('license_validity', ['validUntil'], { where: `"status" = 'active'` })
export class LicenseEntity {
  @PrimaryColumn(uuid)
  id!: string;

  @Index('license_organization')
  @ForeignKey(() => OrganizationEntity, { name: 'license_organization_exists' })
  @Column(uuid)
  organizationId!: string;

  @Column({ type: 'varchar', length: 100 })
  product!: string;

  @Index('license_key_hash_unique', { unique: true })
  @Column(secretHash)
  keyHash!: string;

  /** The last characters of the key, by which people recognize it. */
  @Column({ type: 'varchar', length: 8 })
  keyHint!: string;

  @Column(word)
  status!: string;

  @Column({ type: 'integer' })
  seats!: number;

  /** ISO 8601, as it was given. */
  @Column({ type: 'varchar', length: 40 })
  checkInPeriod!: string;

  @Column({ type: 'bigint' })
  checkInPeriodMillis!: number;

  @Column(optionalInstant)
  validUntil!: number | null;

  @Column(optionalInstant)
  supportAndUpgradeUntil!: number | null;

  /** The last sequence of the license's history. */
  @Column({ type: 'bigint' })
  lastSequence!: number;

  @Column({ type: 'integer' })
  version!: number;

  @Column(instant)
  createdAt!: number;
}
