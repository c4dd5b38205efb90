import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. R1 and R3 stand in it as constraints: a device is active exactly where it has a seat and a
 * deactivation date, and seat and device name each other, checked at COMMIT. History can only be appended to (R11).
 */
export class CreateSchema1795000000000 implements MigrationInterface {
  readonly name = 'CreateSchema1795000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    for (const statement of statements) await queryRunner.query(isPostgres ? withoutSeatsDevice(statement) : statement);
    for (const statement of isPostgres ? onPostgres : onSqlite) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    for (const table of tables) await queryRunner.query(`DROP TABLE "${table}"${isPostgres ? ' CASCADE' : ''}`);
    if (isPostgres) await queryRunner.query('DROP FUNCTION "history_is_append_only"');
  }
}

const seatsDevice = `CONSTRAINT "seat_is_of_its_device" FOREIGN KEY ("license_id", "device_id", "number") REFERENCES "device"
      ("license_id", "id", "seat_number") DEFERRABLE INITIALLY DEFERRED`;

/** PostgreSQL takes a reference only to a table that is there, so this one is added at the end. */
function withoutSeatsDevice(statement: string): string {
  return statement.replace(`,\n    ${seatsDevice}`, '');
}

// Quoted and one constraint to a line, because TypeORM reads the names of constraints out of this text on SQLite.
const statements = [
  `CREATE TABLE "organization" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "name" varchar(100) NOT NULL,
    "created_at" bigint NOT NULL
  )`,
  `CREATE TABLE "token" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "role" varchar(40) NOT NULL,
    "organization_id" varchar(36),
    "name" varchar(100) NOT NULL,
    "hash" varchar(43) NOT NULL,
    "from_environment" boolean NOT NULL,
    "created_at" bigint NOT NULL,
    CONSTRAINT "token_organization_exists" FOREIGN KEY ("organization_id") REFERENCES "organization" ("id")
  )`,
  `CREATE UNIQUE INDEX "token_hash_unique" ON "token" ("hash")`,
  `CREATE INDEX "token_organization" ON "token" ("organization_id")`,
  `CREATE TABLE "license" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "organization_id" varchar(36) NOT NULL,
    "product" varchar(100) NOT NULL,
    "key_hash" varchar(43) NOT NULL,
    "key_hint" varchar(8) NOT NULL,
    "status" varchar(40) NOT NULL,
    "seats" integer NOT NULL,
    "check_in_period" varchar(40) NOT NULL,
    "check_in_period_millis" bigint NOT NULL,
    "valid_until" bigint,
    "support_and_upgrade_until" bigint,
    "last_sequence" bigint NOT NULL,
    "version" integer NOT NULL,
    "created_at" bigint NOT NULL,
    CONSTRAINT "license_status_known" CHECK ("status" IN ('active', 'suspended', 'expired', 'revoked')),
    CONSTRAINT "license_organization_exists" FOREIGN KEY ("organization_id") REFERENCES "organization" ("id")
  )`,
  `CREATE UNIQUE INDEX "license_key_hash_unique" ON "license" ("key_hash")`,
  `CREATE INDEX "license_organization" ON "license" ("organization_id")`,
  `CREATE INDEX "license_validity" ON "license" ("valid_until") WHERE "status" = 'active'`,
  `CREATE TABLE "remote_deactivation" (
    "license_id" varchar(36) PRIMARY KEY NOT NULL,
    "state" varchar(40) NOT NULL,
    "epoch" integer NOT NULL,
    CONSTRAINT "remote_deactivation_state_known" CHECK ("state" IN ('disabled', 'enabling', 'enabled')),
    CONSTRAINT "remote_deactivation_license_exists" FOREIGN KEY ("license_id") REFERENCES "license" ("id")
  )`,
  `CREATE TABLE "seat" (
    "license_id" varchar(36) NOT NULL,
    "number" integer NOT NULL,
    "device_id" varchar(36),
    PRIMARY KEY ("license_id", "number"),
    CONSTRAINT "seat_license_exists" FOREIGN KEY ("license_id") REFERENCES "license" ("id"),
    ${seatsDevice}
  )`,
  `CREATE UNIQUE INDEX "seat_device_unique" ON "seat" ("device_id")`,
  `CREATE UNIQUE INDEX "seat_occupant_unique" ON "seat" ("license_id", "device_id", "number")`,
  `CREATE TABLE "device" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "license_id" varchar(36) NOT NULL,
    "fingerprint" varchar(255) NOT NULL,
    "name" varchar(100),
    "named_by_person" boolean NOT NULL,
    "platform" varchar(100),
    "app_version" varchar(100),
    "state" varchar(40) NOT NULL,
    "seat_number" integer,
    "epoch" integer,
    "activated_at" bigint,
    "last_seen_at" bigint,
    "deactivation_date" bigint,
    "lease_expires_at" bigint,
    "check_in_count" integer NOT NULL,
    "check_ins_since_row" integer NOT NULL,
    "ended_by_kind" varchar(40),
    "ended_at" bigint,
    "ended_reason" varchar(500),
    "version" integer NOT NULL,
    "token_hash" varchar(43),
    "next_token_hash" varchar(43),
    "sweep_at" bigint,
    CONSTRAINT "device_state_known" CHECK ("state" IN ('inactive', 'active', 'loggedOut', 'expired', 'remotelyDeactivated')),
    CONSTRAINT "device_active_has_seat" CHECK (("state" = 'active') = ("seat_number" IS NOT NULL)),
    CONSTRAINT "device_active_has_date" CHECK (("state" = 'active') = ("deactivation_date" IS NOT NULL)),
    CONSTRAINT "device_license_exists" FOREIGN KEY ("license_id") REFERENCES "license" ("id"),
    CONSTRAINT "device_is_on_its_seat" FOREIGN KEY ("license_id", "id", "seat_number") REFERENCES "seat"
      ("license_id", "device_id", "number") DEFERRABLE INITIALLY DEFERRED
  )`,
  `CREATE UNIQUE INDEX "device_fingerprint_unique" ON "device" ("license_id", "fingerprint")`,
  `CREATE UNIQUE INDEX "device_seat_unique" ON "device" ("license_id", "id", "seat_number")`,
  `CREATE UNIQUE INDEX "device_token_hash_unique" ON "device" ("token_hash")`,
  `CREATE UNIQUE INDEX "device_next_token_hash_unique" ON "device" ("next_token_hash")`,
  `CREATE INDEX "device_sweep" ON "device" ("sweep_at") WHERE "state" = 'active'`,
  `CREATE INDEX "device_license_sweep" ON "device" ("license_id", "sweep_at") WHERE "state" = 'active'`,
  `CREATE TABLE "support_ticket" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "license_id" varchar(36) NOT NULL,
    "device_id" varchar(36),
    "topic" varchar(40) NOT NULL,
    "message" text NOT NULL,
    "status" varchar(40) NOT NULL,
    "created_at" bigint NOT NULL,
    "created_by_kind" varchar(40) NOT NULL,
    "created_by_id" varchar(36),
    "created_by_name" varchar(255),
    "version" integer NOT NULL,
    CONSTRAINT "support_ticket_status_known" CHECK ("status" IN ('open', 'resolved', 'closed')),
    CONSTRAINT "support_ticket_license_exists" FOREIGN KEY ("license_id") REFERENCES "license" ("id"),
    CONSTRAINT "support_ticket_device_exists" FOREIGN KEY ("device_id") REFERENCES "device" ("id")
  )`,
  `CREATE INDEX "support_ticket_license" ON "support_ticket" ("license_id")`,
  `CREATE TABLE "transition" (
    "license_id" varchar(36) NOT NULL,
    "sequence" bigint NOT NULL,
    "at" bigint NOT NULL,
    "recorded_at" bigint NOT NULL,
    "machine" varchar(40) NOT NULL,
    "subject_id" varchar(36),
    "event" varchar(40) NOT NULL,
    "from_state" varchar(40),
    "to_state" varchar(40),
    "outcome" varchar(40) NOT NULL,
    "reason" varchar(40),
    "note" text,
    "count" integer NOT NULL,
    "check_ins" integer NOT NULL,
    "actor_kind" varchar(40) NOT NULL,
    "actor_id" varchar(36),
    "actor_name" varchar(255),
    "ticket_id" varchar(36),
    "request_id" varchar(36),
    "seat_number" integer,
    "epoch" integer,
    "deactivation_date" bigint,
    PRIMARY KEY ("license_id", "sequence"),
    CONSTRAINT "transition_license_exists" FOREIGN KEY ("license_id") REFERENCES "license" ("id")
  )`,
  `CREATE INDEX "transition_subject" ON "transition" ("subject_id", "sequence")`,
  `CREATE TABLE "signing_key" (
    "id" varchar(43) PRIMARY KEY NOT NULL,
    "public_jwk" text NOT NULL,
    "private_key" text NOT NULL,
    "sealed" boolean NOT NULL,
    "created_at" bigint NOT NULL,
    "signs_from" bigint NOT NULL,
    "last_lease_ends_at" bigint
  )`,
  `CREATE TABLE "idempotency" (
    "id" varchar(43) PRIMARY KEY NOT NULL,
    "request_hash" varchar(43) NOT NULL,
    "sealed_answer" text NOT NULL,
    "expires_at" bigint NOT NULL
  )`,
  `CREATE INDEX "idempotency_expires_at" ON "idempotency" ("expires_at")`,
  `CREATE TABLE "test_clock" (
    "id" integer PRIMARY KEY NOT NULL,
    "now" bigint NOT NULL
  )`,
];

const onSqlite = [
  `CREATE TRIGGER "transition_is_never_updated" BEFORE UPDATE ON "transition"
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END`,
  `CREATE TRIGGER "transition_is_never_deleted" BEFORE DELETE ON "transition"
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END`,
];

const onPostgres = [
  `ALTER TABLE "seat" ADD ${seatsDevice}`,
  `CREATE FUNCTION "history_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'history is append-only'; END $$`,
  `CREATE TRIGGER "transition_is_never_updated" BEFORE UPDATE ON "transition"
    FOR EACH STATEMENT EXECUTE FUNCTION "history_is_append_only"()`,
  `CREATE TRIGGER "transition_is_never_deleted" BEFORE DELETE OR TRUNCATE ON "transition"
    FOR EACH STATEMENT EXECUTE FUNCTION "history_is_append_only"()`,
];

const tables = [
  'test_clock',
  'idempotency',
  'signing_key',
  'transition',
  'support_ticket',
  'device',
  'seat',
  'remote_deactivation',
  'license',
  'token',
  'organization',
];
