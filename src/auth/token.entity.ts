import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OrganizationEntity } from '../organizations/organization.entity.js';
import { instant, optionalUuid, secretHash, uuid, word } from '../persistence/column-types.js';
import type { Role } from './role.js';

/** An access token (`ska_…`) of an operator, a support agent or a member; only its hash is stored. */
@Entity('token')
export class TokenEntity {
  @PrimaryColumn(uuid)
  id!: string;

  @Column(word)
  role!: Role;

  /** The organization of a member's token; null for the vendor's. */
  @Index('token_organization')
  @ForeignKey(() => OrganizationEntity, { name: 'token_organization_exists' })
  @Column(optionalUuid)
  organizationId!: string | null;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Index('token_hash_unique', { unique: true })
  @Column(secretHash)
  hash!: string;

  /** Set by `SEATKEEPER_OPERATOR_TOKEN`, and replaced with it. */
  @Column({ type: 'boolean' })
  fromEnvironment!: boolean;

  @Column(instant)
  createdAt!: number;
}
