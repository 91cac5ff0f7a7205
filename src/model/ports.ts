import type { CheckRun } from "./check-run.ts";
import type { Inspection } from "./inspection.ts";
import type { CommentRef, Job, PullRequestRef } from "./job.ts";
import type { PlanItem } from "./plan-item.ts";
import type { PullRequest } from "./pull-request.ts";
import type { AcceptanceEvent, AcceptanceState, Person, RecordedAcceptance, RegisterCause, Signature } from "./recorded-acceptance.ts";
import type { Review } from "./review.ts";
import type { Authorship } from "./signing.ts";

/** A check run of ours on a head, the newest of its name. */
export interface PublishedRun {
  readonly id: number;
  readonly name: string;
  readonly externalId: string;
  /** How many it carries. */
  readonly annotations: number;
  /** ISO 8601 UTC; null while it is not completed. */
  readonly completedAt: string | null;
}

/** A check run that GitHub has taken. */
export interface TakenCheckRun {
  /** Its web address. */
  readonly url: string;
  /** Since when it shows the shortfalls that it shows, by GitHub's clock, ISO 8601 UTC; null when GitHub did not say. */
  readonly shownSince: string | null;
}

/** What of ours stood on GitHub when a pull request was read. null: not all of it was seen. */
export interface Published {
  readonly runs: readonly PublishedRun[] | null;
  readonly ownComments: readonly { readonly id: number; readonly body: string }[] | null;
}

/** A pull request that was read: open, with its snapshot; closed, when nobody needs a verdict; or gone (404, uninstalled). */
export type FetchedPullRequest =
  | {
      readonly state: "open";
      readonly pullRequest: PullRequest & { readonly headSha: string };
      /** Absent where the reading did not tell: it is then looked up before anything is written. */
      readonly published?: Published;
      readonly authorship?: Authorship;
    }
  | { readonly state: "closed"; readonly headSha: string; readonly isMerged: boolean }
  | { readonly state: "gone" };

/** Reads a pull request, all of it, at its newest head. */
export interface PullRequestSource {
  /** Throws when GitHub cannot answer. */
  fetchPullRequest(ref: PullRequestRef): Promise<FetchedPullRequest>;
  /** Numbers of the open pull requests whose head is this SHA, as GitHub knows them. */
  fetchOpenPullRequestsOfHead(installationId: number, repo: string, headSha: string): Promise<readonly number[]>;
}

/** Reads code. May run in a worker with a memory limit and a deadline, because the code is hostile. */
export interface Inspector {
  /** Never rejects on hostile code: what exceeds its limits becomes an undetermined finding. */
  inspect(pullRequest: PullRequest, items: readonly PlanItem[]): Promise<Inspection>;
}

/** Writes what was rendered, idempotently. Decides nothing. */
export interface Publisher {
  /**
   * One completed run of this name on the head: created, or the one that is there updated. Returns null when the commit is
   * gone. `published`: what stood there a moment ago; without it that is looked up.
   */
  publishCheckRun(ref: PullRequestRef, headSha: string, run: CheckRun, published?: Published): Promise<TakenCheckRun | null>;
  /** Since when the newest run of this name on the head shows these very shortfalls, ISO 8601 UTC; null when it does not. */
  findShownSince(ref: PullRequestRef, headSha: string, run: Pick<CheckRun, "name" | "shows">): Promise<string | null>;
  /** The one sticky comment: created, edited in place, or left alone when a person deleted or hid it. `body` null: edit to the quiet form if it exists, never create. */
  publishStickyComment(ref: PullRequestRef, body: string | null, quietBody: string, published?: Published): Promise<void>;
  /** The one reply to a person's request, which came with this delivery. */
  publishComment(ref: PullRequestRef, body: string, deliveryId: string): Promise<void>;
}

/** Remembers reviews by head SHA. */
export interface ReviewStore {
  saveReview(ref: PullRequestRef, review: Review): Promise<void>;
  /** The newest review of each open pull request of the repository whose head is this SHA. */
  loadReviewsOfHead(repo: string, headSha: string): Promise<readonly Review[]>;
  /** The newest review of one pull request at one head, or null when there is none. */
  loadReview(repo: string, number: number, headSha: string): Promise<Review | null>;
  /** Newest reviews of a pull request's heads on which an acceptance opened the check, newest first, at most 50. */
  loadOpenedReviews(repo: string, number: number): Promise<readonly Review[]>;
  /** Called once GitHub has taken a run that blocks: nothing stands open on this head any more. */
  forgetOpened(ref: PullRequestRef, headSha: string): Promise<void>;
  /** The newest reviews of a pull request, one a head, newest first. */
  loadRecentReviews(repo: string, number: number, limit: number): Promise<readonly Review[]>;
  /**
   * Forgets reviews made before this instant (ISO 8601) of heads that nobody looks at any more: not of an open pull request's
   * present head, and never one whose check an acceptance opened and nothing closed since. Returns how many.
   */
  deleteReviewsBefore(instant: string): Promise<number>;
  /** Saves the review of a head that the pull request has moved away from. */
  saveOldReview(ref: PullRequestRef, review: Review): Promise<void>;
  /**
   * A closed pull request no longer weighs on heads that it shared. A review made after this opens it again
   * (it was reopened), one made before does not.
   */
  closePullRequest(ref: PullRequestRef): Promise<void>;
}

/** What an event or a snapshot said of a pull request. */
export interface PullRequestSeen {
  /** null when the source did not say; the known head then stays. */
  readonly headSha: string | null;
  readonly state: "open" | "closed";
  /** Since when it is so (GitHub's `updated_at`), ISO 8601 UTC. */
  readonly at: string;
}

/** Remembers which pull requests are open, at which head. Events may arrive in any order. */
export interface PullRequestStore {
  /** Older news never overwrites newer. */
  savePullRequest(ref: PullRequestRef, seen: PullRequestSeen): Promise<void>;
  /** The head that a pull request was last seen at; null when it was never seen. */
  loadHead(ref: PullRequestRef): Promise<string | null>;
  /** Heads that it moved away from and that nobody has forgotten yet. */
  loadLeftHeads(ref: PullRequestRef): Promise<readonly string[]>;
  /** Called once those that share a left head are to be judged again. */
  forgetLeftHead(ref: PullRequestRef, headSha: string): Promise<void>;
  /** The open pull requests of the repository, newest first, at most `limit`. */
  findOpenPullRequests(repo: string, limit: number): Promise<readonly PullRequestRef[]>;
  /** The open pull requests of the repository that share this head, by number. */
  findOpenPullRequestsOfHead(repo: string, headSha: string): Promise<readonly PullRequestRef[]>;
}

/** The last valid policy of a repository, for the day its file is broken. */
export interface StoredPolicy {
  readonly text: string;
  /** Commit it was read at. */
  readonly sha: string;
  /** When it was read, ISO 8601 UTC. */
  readonly at: string;
}

/** Remembers the last valid policy of each repository. */
export interface PolicyStore {
  /** An older reading never replaces a newer one. */
  savePolicy(repo: string, policy: StoredPolicy): Promise<void>;
  loadPolicy(repo: string): Promise<StoredPolicy | null>;
}

/** Durable jobs. */
export interface JobQueue {
  /** Resolves when the job is on disk. A waiting job for the same pull request and kind takes its place. */
  enqueue(job: Job): Promise<void>;
}

/** Webhook deliveries, so that the same one twice is once. */
export interface DeliveryStore {
  /**
   * Puts the delivery and its job (null: it asks for none) on disk in one transaction, before GitHub gets its answer.
   * "duplicate", and nothing enqueued, when this delivery was recorded before and its job has not failed for good.
   */
  recordDelivery(deliveryId: string, event: string, job: Job | null): Promise<"accepted" | "duplicate">;
  /** Forgets deliveries received before this instant (ISO 8601). Returns how many. */
  deleteDeliveriesBefore(instant: string): Promise<number>;
}

/** Which comment is ours on a pull request. */
export interface StickyCommentStore {
  /** null when none was ever posted. `removed`: a person deleted it, so that it is not posted again. */
  loadStickyComment(ref: PullRequestRef): Promise<{ readonly commentId: number; readonly removed: boolean } | null>;
  saveStickyComment(ref: PullRequestRef, commentId: number): Promise<void>;
  saveStickyCommentRemoved(ref: PullRequestRef): Promise<void>;
}

/** The risk register: who accepted what, when, and what became of it. Its history can only grow. */
export interface AcceptanceStore {
  /**
   * Saves a signature, its first event and the job that judges again, all or nothing. The same person signing the same
   * form in the same comment again, while that acceptance is active, is the acceptance that is there.
   */
  recordAcceptance(ref: PullRequestRef, signature: Signature, cause: RegisterCause, job: Job): Promise<RecordedAcceptance>;
  /**
   * Ends an active acceptance, with its event and the job that judges again (null: the caller does), all or nothing.
   * Returns false when it was not active.
   */
  endAcceptance(id: number, state: Exclude<AcceptanceState, "active">, cause: RegisterCause, job: Job | null): Promise<boolean>;
  /** The active acceptances of a pull request, oldest first. */
  loadAcceptances(repo: string, number: number): Promise<readonly RecordedAcceptance[]>;
  /** Those of a pull request that were taken back or voided, oldest first. */
  loadEndedAcceptances(repo: string, number: number): Promise<readonly RecordedAcceptance[]>;
  /** Open pull requests with active acceptances that fit every given filter. Retrofit dates are YYYY-MM-DD. */
  findSignedPullRequests(filter: {
    readonly installationId?: number;
    readonly repo?: string;
    readonly personId?: number;
    readonly retrofitFrom?: string;
    readonly retrofitBefore?: string;
  }): Promise<readonly PullRequestRef[]>;
  /** How many acceptances are active, in all repositories. */
  countActive(): Promise<number>;
  /** The active acceptances that stand on this comment, as form or as signature. */
  findAcceptancesOfComment(repo: string, commentId: number): Promise<readonly RecordedAcceptance[]>;
  /** The history of an acceptance, oldest first. */
  loadAcceptanceEvents(id: number): Promise<readonly AcceptanceEvent[]>;
}

/** Logins by GitHub id. The only place that names people. */
export interface PersonStore {
  savePerson(person: Person): Promise<void>;
  /** Forgets the login. The register keeps the id. */
  erasePerson(githubId: number): Promise<void>;
}

/** A part of a review that is measured on its own. */
export type Stage = "fetch" | "signatures" | "detect" | "grade" | "inspect" | "judge" | "publish";

/** Measures stages. Gives back what the work gives, a promise too, and throws what it throws. */
export interface StageTimer {
  time<Value>(stage: Stage, work: () => Value): Value;
}

/** Fingerprints that a check showed, and since when, ISO 8601 UTC. */
export interface ShownShortfalls {
  readonly fingerprints: readonly string[];
  readonly since: string;
}

/** What checks said was short, so that nobody signs for what they could not have seen. */
export interface ShownShortfallStore {
  /** Called once GitHub has the check. `since`: when it took it, ISO 8601 UTC; null stands for now. */
  saveShown(ref: PullRequestRef, fingerprints: readonly string[], since: string | null): Promise<void>;
  /** What the check showed at an instant (ISO 8601 UTC, whole seconds); null before its first. */
  loadShown(repo: string, number: number, at: string): Promise<ShownShortfalls | null>;
}

/** Remembers which comments hold forms, signatures and withdrawals. Never what they say. */
export interface RiskCommentStore {
  saveRiskComment(ref: PullRequestRef, comment: CommentRef): Promise<void>;
  /** The newest hundred of a pull request, oldest first. */
  loadRiskComments(repo: string, number: number): Promise<readonly CommentRef[]>;
}

/** A push to a pull request. */
export interface PullRequestPush {
  readonly pusher: Person;
  /** Commits before and after; before is "" for the push that opened it. */
  readonly before: string;
  readonly after: string;
}

/** Remembers who pushed to pull requests, as webhooks told it: forks' activity cannot be read. */
export interface PushStore {
  savePush(repo: string, number: number, push: PullRequestPush): Promise<void>;
  loadPushes(repo: string, number: number): Promise<readonly PullRequestPush[]>;
}

/** Follows repositories to a new name, or out of reach. */
export interface RepositoryStore {
  /** Moves everything that is known under the old name; where both names know of the same thing, the new name's stays. */
  renameRepository(from: string, to: string): Promise<void>;
  /**
   * A comment turned out to stand in another repository: the signatures on it go there, and whatever else was known of
   * this pull request is forgotten, as it is that one's. Returns false when nothing was known of the comment.
   */
  moveComment(at: { readonly repo: string; readonly number: number; readonly nodeId: string }, to: string): Promise<boolean>;
  /** Their open pull requests count as closed; null: all of the installation's. */
  closeRepositories(installationId: number, repos: readonly string[] | null): Promise<void>;
}

/** Answers comments. */
export interface RiskReplyPublisher {
  /**
   * The one comment of ours that answers a comment: created, or edited in place. null: nothing is asked any more, and an
   * answer that is there says so.
   */
  publishReply(ref: PullRequestRef, to: CommentRef, body: string | null): Promise<void>;
}
