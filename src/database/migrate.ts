import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { initialMigration } from "./migrations/0001-initial.ts";
import { signaturesMigration } from "./migrations/0002-signatures.ts";
import { recoveryMigration } from "./migrations/0003-recovery.ts";
import { shownShortfallsMigration } from "./migrations/0004-shown-shortfalls.ts";
import { earnedPlansMigration } from "./migrations/0005-earned-plans.ts";
import { leftHeadsMigration } from "./migrations/0006-left-heads.ts";
import type { Schema } from "./schema.ts";

/** Every migration by name, in order of the names. A released one never changes: the next change is the next file. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-initial": initialMigration,
  "0002-signatures": signaturesMigration,
  "0003-recovery": recoveryMigration,
  "0004-shown-shortfalls": shownShortfallsMigration,
  "0005-earned-plans": earnedPlansMigration,
  "0006-left-heads": leftHeadsMigration,
};

/**
 * Brings the tables up to date, in one transaction. Processes that start together wait for one another on
 * PostgreSQL's advisory lock. Throws what the failing migration threw, or when the database is newer than this program.
 */
export async function migrateToLatest(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
