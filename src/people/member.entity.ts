import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../auth/role.js';
import { OrganizationEntity } from '../organizations/organization.entity.js';
import { instant, optionalInstant, uuid, word } from '../persistence/column-types.js';

/** A person of one organization, by e-mail; one of the vendor's where the role is one of the vendor's. */
@Entity('member')
@Check('member_role_known', `"role" IN ('operator', 'support', 'owner', 'manager', 'editor', 'reader')`)
export class MemberEntity {
  @PrimaryColumn(uuid)
  id!: string;

  @Index('member_organization')
  @ForeignKey(() => OrganizationEntity, { name: 'member_organization_exists' })
  @Column(uuid)
  organizationId!: string;

  /** As it was given. */
  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** As it is compared, see `emailKey`; it may be longer than what was given. */
  @Index('member_email_key_unique', { unique: true })
  @Column({ type: 'text' })
  emailKey!: string;

  @Column(word)
  role!: Role;

  /** Argon2id in PHC's form; null for who was invited and has not come yet. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  passwordHash!: string | null;

  @Column(instant)
  createdAt!: number;

  @Column(optionalInstant)
  lastSignedInAt!: number | null;
}
