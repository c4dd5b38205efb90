import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, secretHash } from '../persistence/column-types.js';

/** The remembered answer to a creating request with an `Idempotency-Key`, sealed under that key. */
@Entity('idempotency')
export class IdempotencyEntity {
  /** SHA-256 of principal, path and key. */
  @PrimaryColumn(secretHash)
  id!: string;

  /** SHA-256 of the body. */
  @Column(secretHash)
  requestHash!: string;

  /** Status and body of the answer, encrypted under the key itself, which is not stored. */
  @Column({ type: 'text' })
  sealedAnswer!: string;

  @Index('idempotency_expires_at')
  @Column(instant)
  expiresAt!: number;
}
