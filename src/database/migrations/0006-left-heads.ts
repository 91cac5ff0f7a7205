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
  `create index review_of_head on review (repo, head_sha)`,
  `alter table risk_acceptance add column base text`,
  // The base of a signature that was recorded before bases were is filled in once, when it is first read.
  `create or replace function refuse_rewriting() returns trigger language plpgsql as $$
  declare
    free text[] := array['state', 'ended_at', 'ended_because', 'repo', 'number', 'installation_id'];
  begin
    if old.state <> 'active'
      and (new.state, new.ended_at, new.ended_because) is distinct from (old.state, old.ended_at, old.ended_because) then
      raise exception 'risk acceptance % has ended as %', old.id, old.state using errcode = 'restrict_violation';
    end if;
    if old.base is null then free := free || 'base'; end if;
    if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
      raise exception 'what risk acceptance % says is refused a change', old.id using errcode = 'restrict_violation';
    end if;
    return new;
  end
  $$`,
];

/** What pull requests left behind: commits on which an acceptance opened the check, heads that they moved away from; and for which base a risk was accepted. */
export const leftHeadsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
