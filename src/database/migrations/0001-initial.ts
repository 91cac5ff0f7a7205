import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES = [
  `create table pull_request (
    repo text not null,
    number integer not null,
    installation_id bigint not null,
    head_sha text,
    state text not null check (state in ('open', 'closed')),
    updated_at timestamptz not null,
    primary key (repo, number)
  )`,
  `create index pull_request_head on pull_request (repo, head_sha) where state = 'open'`,
  `create table review (
    repo text not null,
    number integer not null,
    head_sha text not null,
    installation_id bigint not null,
    verdict text not null,
    review json not null,
    reviewed_at timestamptz not null,
    primary key (repo, number, head_sha)
  )`,
  `create index review_newest on review (repo, number, reviewed_at desc)`,
  `create table sticky_comment (
    repo text not null,
    number integer not null,
    comment_id bigint not null,
    removed boolean not null default false,
    updated_at timestamptz not null default now(),
    primary key (repo, number)
  )`,
  `create table delivery (
    id text primary key,
    event text not null,
    received_at timestamptz not null default now(),
    attempts integer not null default 1
  )`,
  `create table delivery_job (
    delivery_id text not null references delivery (id) on delete cascade,
    job_id uuid not null,
    state text not null check (state in ('queued', 'done')),
    primary key (delivery_id, job_id)
  )`,
  `create index delivery_job_queued on delivery_job (job_id) where state = 'queued'`,
  `create index delivery_received on delivery (received_at)`,
  `create table person (
    github_id bigint primary key,
    login text not null,
    updated_at timestamptz not null default now()
  )`,
  `create table risk_acceptance (
    id bigint generated always as identity primary key,
    repo text not null,
    number integer not null,
    installation_id bigint not null,
    head_sha text not null,
    accepted_by bigint not null,
    state text not null check (state in ('active', 'withdrawn', 'voided', 'retired')),
    shortfalls json not null,
    retrofit_on date not null,
    engineer_weeks numeric(8, 2) not null check (engineer_weeks > 0),
    mitigation text not null,
    form_code text not null,
    form_comment_id bigint not null,
    comment_id bigint not null,
    comment_url text not null,
    signed_at timestamptz not null,
    ended_at timestamptz,
    check ((state = 'active') = (ended_at is null))
  )`,
  `create index risk_acceptance_pull_request on risk_acceptance (repo, number)`,
  `create unique index risk_acceptance_once on risk_acceptance (repo, number, accepted_by, comment_id, form_code) where state = 'active'`,
  `create index risk_acceptance_due on risk_acceptance (retrofit_on) where state = 'active'`,
  `create table acceptance_event (
    id bigint generated always as identity primary key,
    acceptance_id bigint not null references risk_acceptance (id),
    action text not null,
    actor_id bigint,
    at timestamptz not null,
    old_value json,
    new_value json,
    delivery_id text,
    comment_url text,
    head_sha text
  )`,
  `create index acceptance_event_acceptance on acceptance_event (acceptance_id, id)`,
  `create table policy (
    repo text primary key,
    text text not null,
    sha text not null,
    at timestamptz not null
  )`,
];

// The register is evidence, so the database itself refuses to rewrite it, whoever asks. TRUNCATE fires no row triggers.
const APPEND_ONLY = [
  `create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% on % is refused: it is append-only', tg_op, tg_table_name using errcode = 'restrict_violation';
  end
  $$`,
  `create trigger acceptance_event_append_only before update or delete on acceptance_event
    for each row execute function refuse_change()`,
  `create trigger acceptance_event_no_truncate before truncate on acceptance_event
    for each statement execute function refuse_change()`,
  `create trigger risk_acceptance_no_delete before delete on risk_acceptance
    for each row execute function refuse_change()`,
  `create trigger risk_acceptance_no_truncate before truncate on risk_acceptance
    for each statement execute function refuse_change()`,
  // An acceptance may end, once, and follow its repository to a new name. What was signed stays what was signed.
  `create function refuse_rewriting() returns trigger language plpgsql as $$
  begin
    if old.state <> 'active' and (new.state, new.ended_at) is distinct from (old.state, old.ended_at) then
      raise exception 'risk acceptance % has ended as %', old.id, old.state using errcode = 'restrict_violation';
    end if;
    if to_jsonb(new) - array['state', 'ended_at', 'repo', 'number', 'installation_id']
      is distinct from to_jsonb(old) - array['state', 'ended_at', 'repo', 'number', 'installation_id'] then
      raise exception 'what risk acceptance % says is refused a change', old.id using errcode = 'restrict_violation';
    end if;
    return new;
  end
  $$`,
  `create trigger risk_acceptance_no_rewriting before update on risk_acceptance
    for each row execute function refuse_rewriting()`,
];

/** The tables of the first release, and the triggers that keep the risk register append-only. PostgreSQL 15 and later. */
export const initialMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...TABLES, ...APPEND_ONLY]) await sql.raw(statement).execute(db);
  },
};
