import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant } from '../persistence/column-types.js';

/** A key that signs leases. The private half is encrypted with `SEATKEEPER_SECRET` where that is set. */
@Entity('signing_key')
export class SigningKeyEntity {
  /** The `kid`: the RFC 7638 thumbprint of the public key. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  /** The public key as a JWK, in JSON. */
  @Column({ type: 'text' })
  publicJwk!: string;

  /** The private key as a JWK in JSON, or sealed. */
  @Column({ type: 'text' })
  privateKey!: string;

  @Column({ type: 'boolean' })
  sealed!: boolean;

  @Column(instant)
  createdAt!: number;

  /** From when on it signs: ten minutes after it is published, at once for the first. */
  @Column(instant)
  signsFrom!: number;

  /** No lease under this key ends later; null while none was given. */
  @Column(optionalInstant)
  lastLeaseEndsAt!: number | null;
}
