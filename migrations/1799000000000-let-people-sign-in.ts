import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People, the browsers in which they are signed in, and the links with which they get in once. Whatever opens a door goes with whom it
 * opens it for: the database itself ends the sessions and links of a member or an access token that is deleted.
 */
export class LetPeopleSignIn1799000000000 implements MigrationInterface {
  readonly name = 'LetPeopleSignIn1799000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['known_browser', 'sign_in_link', 'session', 'member']) {
      await queryRunner.query(`DROP TABLE "${table}"`);
    }
  }
}

// Quoted and one constraint to a line, because TypeORM reads the names of constraints out of this text on SQLite.
const statements = [
  `CREATE TABLE "member" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "organization_id" varchar(36) NOT NULL,
    "email" varchar(254) NOT NULL,
    "email_key" text NOT NULL,
    "role" varchar(40) NOT NULL,
    "password_hash" varchar(200),
    "created_at" bigint NOT NULL,
    "last_signed_in_at" bigint,
    CONSTRAINT "member_role_known" CHECK ("role" IN ('operator', 'support', 'owner', 'manager', 'editor', 'reader')),
    CONSTRAINT "member_organization_exists" FOREIGN KEY ("organization_id") REFERENCES "organization" ("id")
  )`,
  `CREATE UNIQUE INDEX "member_email_key_unique" ON "member" ("email_key")`,
  `CREATE INDEX "member_organization" ON "member" ("organization_id")`,
  `CREATE TABLE "session" (
    "hash" varchar(43) PRIMARY KEY NOT NULL,
    "member_id" varchar(36),
    "token_id" varchar(36),
    "signed_in_with" varchar(40) NOT NULL,
    "created_at" bigint NOT NULL,
    "last_used_at" bigint NOT NULL,
    "ends_at" bigint NOT NULL,
    CONSTRAINT "session_is_of_one" CHECK (("member_id" IS NULL) <> ("token_id" IS NULL)),
    CONSTRAINT "session_member_exists" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE CASCADE,
    CONSTRAINT "session_token_exists" FOREIGN KEY ("token_id") REFERENCES "token" ("id") ON DELETE CASCADE
  )`,
  `CREATE INDEX "session_member" ON "session" ("member_id")`,
  `CREATE INDEX "session_token" ON "session" ("token_id")`,
  `CREATE INDEX "session_ends_at" ON "session" ("ends_at")`,
  `CREATE TABLE "sign_in_link" (
    "hash" varchar(43) PRIMARY KEY NOT NULL,
    "member_id" varchar(36),
    "token_id" varchar(36),
    "created_at" bigint NOT NULL,
    "ends_at" bigint NOT NULL,
    CONSTRAINT "sign_in_link_is_of_one" CHECK (("member_id" IS NULL) <> ("token_id" IS NULL)),
    CONSTRAINT "sign_in_link_member_exists" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE CASCADE,
    CONSTRAINT "sign_in_link_token_exists" FOREIGN KEY ("token_id") REFERENCES "token" ("id") ON DELETE CASCADE
  )`,
  `CREATE INDEX "sign_in_link_member" ON "sign_in_link" ("member_id")`,
  `CREATE INDEX "sign_in_link_token" ON "sign_in_link" ("token_id")`,
  `CREATE INDEX "sign_in_link_ends_at" ON "sign_in_link" ("ends_at")`,
  `CREATE TABLE "known_browser" (
    "hash" varchar(43) NOT NULL,
    "member_id" varchar(36) NOT NULL,
    "ends_at" bigint NOT NULL,
    PRIMARY KEY ("hash", "member_id"),
    CONSTRAINT "known_browser_member_exists" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE CASCADE
  )`,
  `CREATE INDEX "known_browser_member" ON "known_browser" ("member_id")`,
  `CREATE INDEX "known_browser_ends_at" ON "known_browser" ("ends_at")`,
];
