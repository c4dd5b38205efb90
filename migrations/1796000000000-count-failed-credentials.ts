import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where replicas count failed credentials together. */
export class CountFailedCredentials1796000000000 implements MigrationInterface {
  readonly name = 'CountFailedCredentials1796000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "failed_credential" (
      "id" varchar(43) PRIMARY KEY NOT NULL,
      "failures" integer NOT NULL,
      "ends_at" bigint NOT NULL
    )`);
    await queryRunner.query(`CREATE INDEX "failed_credential_ends_at" ON "failed_credential" ("ends_at")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "failed_credential"');
  }
}
