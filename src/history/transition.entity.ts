import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LicenseEntity } from '../licenses/license.entity.js';
import { instant, optionalInstant, optionalUuid, uuid, word } from '../persistence/column-types.js';

/** One row of a license's history (R11). Rows are appended with the change they tell, and never changed. */
@Entity('transition')
@Index('transition_subject', ['subjectId', 'sequence'])
@Index('transition_questions', [
  'licenseId',
  'sequence',
  'at',
  'machine',
  'event',
  'fromState',
  'toState',
  'outcome',
  'actorKind',
  'actorId',
  'count',
  'seats',
])
export class TransitionEntity {
  @ForeignKey(() => LicenseEntity, { name: 'transition_license_exists' })
  @PrimaryColumn(uuid)
  licenseId!: string;

  /** Counts from 1 without a gap, per license. */
  @PrimaryColumn({ type: 'bigint' })
  sequence!: number;

  /** When it holds. */
  @Column(instant)
  at!: number;

  /** When it was written. */
  @Column(instant)
  recordedAt!: number;

  @Column(word)
  machine!: string;

  /** Null for a device that is not known. */
  @Column(optionalUuid)
  subjectId!: string | null;

  @Column(word)
  event!: string;

  @Column({ ...word, nullable: true })
  fromState!: string | null;

  @Column({ ...word, nullable: true })
  toState!: string | null;

  @Column(word)
  outcome!: string;

  @Column({ ...word, nullable: true })
  reason!: string | null;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ type: 'integer' })
  count!: number;

  @Column({ type: 'integer' })
  checkIns!: number;

  @Column(word)
  actorKind!: string;

  @Column(optionalUuid)
  actorId!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  actorName!: string | null;

  @Column(optionalUuid)
  ticketId!: string | null;

  @Column(optionalUuid)
  requestId!: string | null;

  /** The device's seat after the transition. */
  @Column({ type: 'integer', nullable: true })
  seatNumber!: number | null;

  /** The device's or the setting's epoch after the transition. */
  @Column({ type: 'integer', nullable: true })
  epoch!: number | null;

  /** The device's deactivation date after the transition. */
  @Column(optionalInstant)
  deactivationDate!: number | null;

  /** The license's number of seats after its birth or a change of its fields; null elsewhere, and in rows older than this column. */
  @Column({ type: 'integer', nullable: true })
  seats!: number | null;
}
