import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, uuid } from '../persistence/column-types.js';

/** A customer of the vendor: owns licenses and has people. */
@Entity('organization')
export class OrganizationEntity {
  @PrimaryColumn(uuid)
  id!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column(instant)
  createdAt!: number;
}
