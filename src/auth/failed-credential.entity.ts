import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, secretHash } from '../persistence/column-types.js';

/** How often an address has failed within its minute, for replicas to share. */
@Entity('failed_credential')
export class FailedCredentialEntity {
  /** The SHA-256 of the address, so that no address stands in a backup. */
  @PrimaryColumn(secretHash)
  id!: string;

  @Column({ type: 'integer' })
  failures!: number;

  /** The end of the minute, in the database's time, whatever the test clock shows. */
  @Index('failed_credential_ends_at')
  @Column(instant)
  endsAt!: number;
}
