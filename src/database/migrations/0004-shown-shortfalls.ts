import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create table shown_shortfalls (
    id bigint generated always as identity primary key,
    repo text not null,
    number integer not null,
    fingerprints json not null,
    shown_at timestamptz not null default now()
  )`,
  `create index shown_shortfalls_pull_request on shown_shortfalls (repo, number, id)`,
];

/** What a pull request's check said was short, and from when on: a signature covers nothing that came after it. */
export const shownShortfallsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
