import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the history of one license is asked for (filters, occupancy) is answered from this index alone, so that a question which
 * few of 100,000 rows answer reads no table. It grows at one end per license, as the primary key does.
 */
export class IndexQuestions1798000000000 implements MigrationInterface {
  readonly name = 'IndexQuestions1798000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE INDEX "transition_questions" ON "transition" ("license_id", "sequence", "at", "machine", "event",
      "from_state", "to_state", "outcome", "actor_kind", "actor_id", "count", "seats")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "transition_questions"');
  }
}
