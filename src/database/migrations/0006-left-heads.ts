import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `alter table review add column opened boolean not null default false`,
  `update review set opened = true where verdict = 'risk-accepted'`,
  `create index review_opened on review (repo, number) where opened`,
  `create table left_head (
    repo text not null,
    number integer not null,
    head_sha text not null,
    primary key (repo, number, head_sha)
  )`,
  `alter table risk_acceptance add column base text`,
];

/** What pull requests left behind: commits on which an acceptance opened the check, heads that they moved away from; and for which base a risk was accepted. */
export const leftHeadsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
