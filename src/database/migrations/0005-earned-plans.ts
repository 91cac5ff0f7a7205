import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create table earned_plan (
    repo text not null,
    number integer not null,
    paths json not null,
    keys json not null,
    merged boolean not null default false,
    earned_at timestamptz not null,
    primary key (repo, number)
  )`,
  `create index earned_plan_newest on earned_plan (repo, earned_at desc)`,
];

/** By which plans pull requests earned their pass, as hashes of their items. */
export const earnedPlansMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
