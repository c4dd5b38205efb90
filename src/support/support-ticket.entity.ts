import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DeviceEntity } from '../devices/device.entity.js';
import { LicenseEntity } from '../licenses/license.entity.js';
import { instant, optionalUuid, uuid, word } from '../persistence/column-types.js';

/** A support ticket as a row. */
@Entity('support_ticket')
@Check('support_ticket_status_known', `"status" IN ('open', 'resolved', 'closed')`)
export class SupportTicketEntity {
  @PrimaryColumn(uuid)
  id!: string;

  @Index('support_ticket_license')
  @ForeignKey(() => LicenseEntity, { name: 'support_ticket_license_exists' })
  @Column(uuid)
  licenseId!: string;

  @ForeignKey(() => DeviceEntity, { name: 'support_ticket_device_exists' })
  @Column(optionalUuid)
  deviceId!: string | null;

  @Column(word)
  topic!: string;

  @Column({ type: 'text' })
  message!: string;

  @Column(word)
  status!: string;

  @Column(instant)
  createdAt!: number;

  @Column(word)
  createdByKind!: string;

  @Column(optionalUuid)
  createdById!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  createdByName!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
