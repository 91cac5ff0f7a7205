import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create table round (
    name text primary key,
    started_at timestamptz not null,
    done_at timestamptz
  )`,
  `create table missed_delivery (
    guid text primary key,
    attempt_id text not null,
    event text not null,
    failed_at timestamptz not null,
    tries integer not null default 0,
    state text not null check (state in ('due', 'asked', 'given-up')),
    next_try_at timestamptz not null
  )`,
  `create index missed_delivery_due on missed_delivery (next_try_at) where state = 'due'`,
  `create table repository (
    repo text primary key,
    installation_id bigint not null,
    swept_at timestamptz
  )`,
  `create index repository_swept on repository (swept_at nulls first)`,
  `create table awaited_head (
    repo text not null,
    number integer not null,
    head_sha text not null,
    installation_id bigint not null,
    is_merge_group boolean not null default false,
    seen_at timestamptz not null default now(),
    finished_at timestamptz,
    repairs integer not null default 0,
    next_repair_at timestamptz,
    primary key (repo, head_sha, number)
  )`,
  `create index awaited_head_merge_group on awaited_head (seen_at) where is_merge_group and finished_at is null`,
  // What was judged before is not judged once more because its table is new.
  `insert into repository (repo, installation_id)
    select distinct on (repo) repo, installation_id from pull_request order by repo, updated_at desc`,
  `insert into awaited_head (repo, number, head_sha, installation_id, finished_at)
    select repo, number, head_sha, installation_id, reviewed_at from review`,
];

/** What recovery remembers: when each round was, missed deliveries, the repositories to look through, heads and their runs. */
export const recoveryMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
