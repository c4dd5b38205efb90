import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With each birth of a license and change of its fields, how many seats it had then. Older rows do not say. */
export class KeepSeats1797000000000 implements MigrationInterface {
  readonly name = 'KeepSeats1797000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "transition" ADD COLUMN "seats" integer');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "transition" DROP COLUMN "seats"');
  }
}
