import type { ColumnType, Generated } from "kysely";

/** An instant (timestamptz). Read as a Date on both databases; written as a Date or ISO 8601 text. */
type Instant = ColumnType<Date, Date | string, Date | string>;
/** An instant that the database sets to now() when it is left out. */
type DefaultedInstant = ColumnType<Date, Date | string | undefined, Date | string>;
/** JSON kept as written (type json, not jsonb): key order and every escaped character come back as they went in. */
type Json = ColumnType<unknown, string, string>;

/** A pull request as it was last seen. Primary key: repo, number. */
interface PullRequestTable {
  repo: string;
  number: number;
  installation_id: number;
  /** null when only its closing was seen. */
  head_sha: string | null;
  state: "open" | "closed";
  /** When it was so; older news never overwrites newer. */
  updated_at: Instant;
}

/** The newest review of each head of each pull request. Primary key: repo, number, head_sha. */
interface ReviewTable {
  repo: string;
  number: number;
  head_sha: string;
  installation_id: number;
  verdict: string;
  review: Json;
  reviewed_at: Instant;
  /** An acceptance opened the check, and GitHub has taken no run since that blocks. */
  opened: ColumnType<boolean, boolean | undefined, boolean>;
}

/** A head that a pull request moved away from, until those that share it are judged again. Primary key: all. */
interface LeftHeadTable {
  repo: string;
  number: number;
  head_sha: string;
}

/** The one comment of ours on a pull request. Primary key: repo, number. */
interface StickyCommentTable {
  repo: string;
  number: number;
  comment_id: number;
  /** true once a person deleted it: it is not posted again. */
  removed: ColumnType<boolean, boolean | undefined, boolean>;
  updated_at: DefaultedInstant;
}

/** A webhook delivery. Primary key: id, GitHub's `X-GitHub-Delivery`, which a redelivery reuses. */
interface DeliveryTable {
  id: string;
  /** "pull_request.opened" */
  event: string;
  received_at: DefaultedInstant;
  /** How often it was accepted: 1, and one more for each redelivery after a job of it had failed. */
  attempts: Generated<number>;
}

/** The jobs that answer a delivery. Coalesced deliveries share a job. Primary key: delivery_id, job_id. */
interface DeliveryJobTable {
  delivery_id: string;
  /** The queue's id of the job. */
  job_id: string;
  state: "queued" | "done";
}

/** A decision maker's signature under a risk, in its present state. One row for each signer. */
interface RiskAcceptanceTable {
  id: Generated<number>;
  repo: string;
  number: number;
  installation_id: number;
  head_sha: string;
  /** GitHub id of the signer; the login is in `person`. */
  accepted_by: number;
  state: "active" | "withdrawn" | "voided" | "retired";
  shortfalls: Json;
  /** Calendar date, UTC. */
  retrofit_on: string;
  engineer_weeks: ColumnType<number, number, number>;
  mitigation: string;
  /** Hash of the signed form's text. */
  form_code: string;
  /** The comment that holds the form. */
  form_comment_id: number;
  /** The comment that signs it; the same one when the signer wrote the form. */
  comment_id: number;
  comment_url: string;
  signed_at: Instant;
  ended_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  /** GitHub's global ids of the two comments. */
  form_node_id: string;
  node_id: string;
  /** The repository's name when it was signed. */
  signed_in: string;
  /** The base branch it was signed for; null where that was not recorded. */
  base: ColumnType<string | null, string | null | undefined, string | null>;
  /** A `SignatureEnd`. */
  ended_because: ColumnType<string | null, string | null | undefined, string | null>;
}

/** A comment that holds a form, a signature or a withdrawal. Primary key: repo, source, comment_id. */
interface RiskCommentTable {
  repo: string;
  number: number;
  source: "issue_comment" | "review" | "review_comment";
  comment_id: number;
  node_id: string;
  seen_at: DefaultedInstant;
}

/** A push to a pull request, as its webhook told it. Primary key: all but seen_at. */
interface PullRequestPushTable {
  repo: string;
  number: number;
  pusher_id: number;
  before_sha: string;
  after_sha: string;
  seen_at: DefaultedInstant;
}

/** What happened to acceptances, for good: the database refuses to change or delete a row. */
interface AcceptanceEventTable {
  id: Generated<number>;
  acceptance_id: number;
  /** "signed", "withdrawn", "voided", "retired", ... */
  action: string;
  /** GitHub id of who did it; null for the app itself. */
  actor_id: number | null;
  at: Instant;
  old_value: ColumnType<unknown, string | null, never>;
  new_value: ColumnType<unknown, string | null, never>;
  delivery_id: string | null;
  comment_url: string | null;
  head_sha: string | null;
}

/** GitHub ids and the logins they had. The only table that names people, so the only one to erase from. */
interface PersonTable {
  github_id: number;
  login: string;
  updated_at: DefaultedInstant;
}

/** The last policy of a repository that was valid. Primary key: repo. */
interface PolicyTable {
  repo: string;
  text: string;
  /** Commit the text was read at. */
  sha: string;
  at: Instant;
}

/** When each kind of scheduled work began and ended last. Primary key: name. */
interface RoundTable {
  name: string;
  started_at: Instant;
  /** Start of the last one that came to its end. */
  done_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

/** A delivery that GitHub could not make. Primary key: guid, the `X-GitHub-Delivery`. */
interface MissedDeliveryTable {
  guid: string;
  /** GitHub's id of the newest failed attempt. */
  attempt_id: string;
  event: string;
  failed_at: Instant;
  /** How often it was asked for again. */
  tries: ColumnType<number, number | undefined, number>;
  state: "due" | "asked" | "given-up";
  next_try_at: Instant;
}

/** A repository that the app is installed on. Primary key: repo. */
interface InstalledRepositoryTable {
  repo: string;
  installation_id: number;
  /** When it was last looked through for pull requests without a check. */
  swept_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

/** A commit whose check is awaited, and whether it got it. Primary key: repo, head_sha, number. */
interface AwaitedHeadTable {
  repo: string;
  number: number;
  head_sha: string;
  installation_id: number;
  is_merge_group: ColumnType<boolean, boolean | undefined, boolean>;
  seen_at: DefaultedInstant;
  finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  /** How often it was put in line again because nothing else had. */
  repairs: ColumnType<number, number | undefined, number>;
  next_repair_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

/** What a pull request's check said was short, from then on. Primary key: id, in the order shown. */
interface ShownShortfallsTable {
  id: Generated<number>;
  repo: string;
  number: number;
  fingerprints: Json;
  shown_at: DefaultedInstant;
}

/** The plan by which a pull request earned its pass. Primary key: repo, number. */
interface EarnedPlanTable {
  repo: string;
  number: number;
  paths: Json;
  /** Hashes of its items. */
  keys: Json;
  merged: ColumnType<boolean, boolean | undefined, boolean>;
  earned_at: Instant;
}

/** Every table of ours; the queue's own are in the schema `pgboss` and are its own business. */
export interface Schema {
  pull_request: PullRequestTable;
  review: ReviewTable;
  sticky_comment: StickyCommentTable;
  delivery: DeliveryTable;
  delivery_job: DeliveryJobTable;
  risk_acceptance: RiskAcceptanceTable;
  acceptance_event: AcceptanceEventTable;
  person: PersonTable;
  policy: PolicyTable;
  risk_comment: RiskCommentTable;
  pull_request_push: PullRequestPushTable;
  round: RoundTable;
  missed_delivery: MissedDeliveryTable;
  repository: InstalledRepositoryTable;
  awaited_head: AwaitedHeadTable;
  shown_shortfalls: ShownShortfallsTable;
  earned_plan: EarnedPlanTable;
  left_head: LeftHeadTable;
}
