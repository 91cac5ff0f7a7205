import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  // Pointers, never texts: what a comment says is read from GitHub each time that it counts.
  `create table risk_comment (
    repo text not null,
    number integer not null,
    source text not null check (source in ('issue_comment', 'review', 'review_comment')),
    comment_id bigint not null,
    node_id text not null,
    seen_at timestamptz not null default now(),
    primary key (repo, source, comment_id)
  )`,
  `create index risk_comment_pull_request on risk_comment (repo, number)`,
  `create table pull_request_push (
    repo text not null,
    number integer not null,
    pusher_id bigint not null,
    before_sha text not null,
    after_sha text not null,
    seen_at timestamptz not null default now(),
    primary key (repo, number, pusher_id, before_sha, after_sha)
  )`,
  `alter table risk_acceptance add column form_node_id text not null default ''`,
  `alter table risk_acceptance add column node_id text not null default ''`,
  // The code of a form is bound to the name that the repository had when it was signed.
  `alter table risk_acceptance add column signed_in text not null default ''`,
  `alter table risk_acceptance add column ended_because text`,
  `create or replace function refuse_rewriting() returns trigger language plpgsql as $$
  begin
    if old.state <> 'active'
      and (new.state, new.ended_at, new.ended_because) is distinct from (old.state, old.ended_at, old.ended_because) then
      raise exception 'risk acceptance % has ended as %', old.id, old.state using errcode = 'restrict_violation';
    end if;
    if to_jsonb(new) - array['state', 'ended_at', 'ended_because', 'repo', 'number', 'installation_id']
      is distinct from to_jsonb(old) - array['state', 'ended_at', 'ended_because', 'repo', 'number', 'installation_id'] then
      raise exception 'what risk acceptance % says is refused a change', old.id using errcode = 'restrict_violation';
    end if;
    return new;
  end
  $$`,
];

/** Where forms and signatures are read again, who pushed, and why an acceptance ended. */
export const signaturesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
