import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../persistence/column-types.js';

/** The one row of the test clock. */
@Entity('test_clock')
export class TestClockEntity {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  @Column(instant)
  now!: number;
}
