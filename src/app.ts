import type { ApplicationFunction } from "probot";
import { POLICY_PATH } from "./fetch/github/fetch-policy.ts";
import type { Job, JobOrigin } from "./model/job.ts";
import type { DeliveryStore, PushStore } from "./model/ports.ts";
import { readCheckRunEvent } from "./receive/check-run-event.ts";
import { readCheckSuiteEvent } from "./receive/check-suite-event.ts";
import { readInstallationEvent } from "./receive/installation-event.ts";
import { readInstallationRepositoriesEvent } from "./receive/installation-repositories-event.ts";
import { readIssueCommentEvent } from "./receive/issue-comment-event.ts";
import { readMemberEvent, readMembershipEvent, readOrganizationEvent, readTeamEvent } from "./receive/member-event.ts";
import { readMergeGroupEvent } from "./receive/merge-group-event.ts";
import type { Outcome } from "./receive/outcome.ts";
import { readPullRequestEvent } from "./receive/pull-request-event.ts";
import { readPullRequestReviewCommentEvent } from "./receive/pull-request-review-comment-event.ts";
import { readPullRequestReviewEvent } from "./receive/pull-request-review-event.ts";
import { readPushEvent } from "./receive/push-event.ts";
import { readRepositoryEvent } from "./receive/repository-event.ts";
import type { Logger } from "./telemetry/logger.ts";

/** What the app needs of the process around it. */
export interface AppPorts {
  readonly appId: number;
  readonly deliveries: DeliveryStore;
  readonly pushes: PushStore;
  readonly log: Logger;
  readonly onDelivery: (event: string, outcome: "accepted" | "duplicate" | "ignored" | "failed") => void;
}

/**
 * The Probot app: which event becomes which job. A listener only records the delivery and its job,
 * durably, before GitHub gets its answer; everything else happens in the queue.
 */
export function createApp({ appId, deliveries, pushes, log, onDelivery }: AppPorts): ApplicationFunction {
  const record = async (id: string, cause: string, { job, push }: Exclude<Outcome, { ignored: string }>) => {
    // Before the job: who pushed never signs, and jobs of one pull request take each other's place.
    if (push) await pushes.savePush(push.repo, push.number, push);
    return deliveries.recordDelivery(id, cause, job);
  };
  const accept = async (
    delivery: { id: string; name: string; payload: unknown },
    action: string,
    read: (payload: unknown, origin: JobOrigin) => Outcome,
  ) => {
    const cause = action === "" ? delivery.name : `${delivery.name}.${action}`;
    const line = log.child({ deliveryId: delivery.id, event: cause });
    const outcome = read(delivery.payload, { deliveryId: delivery.id, cause });
    if ("ignored" in outcome) {
      onDelivery(cause, "ignored");
      line.info({ reason: outcome.ignored }, "delivery ignored");
      return;
    }
    const recorded = await record(delivery.id, cause, outcome).catch((error: unknown) => {
      onDelivery(cause, "failed");
      throw error;
    });
    onDelivery(cause, recorded);
    line.info({ job: outcome.job.kind, ...placeOf(outcome.job) }, recorded === "accepted" ? "delivery accepted" : "delivery seen before");
  };

  return (app) => {
    app.on(
      [
        "pull_request.opened",
        "pull_request.reopened",
        "pull_request.synchronize",
        "pull_request.edited",
        "pull_request.ready_for_review",
        "pull_request.closed",
      ],
      (event) => accept(event, event.payload.action, readPullRequestEvent),
    );
    app.on(["check_run.rerequested", "check_run.requested_action"], (event) =>
      accept(event, event.payload.action, (payload, origin) => readCheckRunEvent(payload, origin, appId)),
    );
    app.on(["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"], (event) =>
      accept(event, event.payload.action, readIssueCommentEvent),
    );
    app.on(["pull_request_review.submitted", "pull_request_review.edited", "pull_request_review.dismissed"], (event) =>
      accept(event, event.payload.action, readPullRequestReviewEvent),
    );
    app.on(["pull_request_review_comment.created", "pull_request_review_comment.edited", "pull_request_review_comment.deleted"], (event) =>
      accept(event, event.payload.action, readPullRequestReviewCommentEvent),
    );
    app.on("merge_group.checks_requested", (event) => accept(event, event.payload.action, readMergeGroupEvent));
    app.on("push", (event) => accept(event, "", (payload, origin) => readPushEvent(payload, origin, POLICY_PATH)));
    app.on(["installation.deleted", "installation.suspend"], (event) => accept(event, event.payload.action, readInstallationEvent));
    app.on("installation_repositories.removed", (event) => accept(event, event.payload.action, readInstallationRepositoriesEvent));
    app.on(["repository.renamed", "repository.transferred", "repository.deleted"], (event) =>
      accept(event, event.payload.action, readRepositoryEvent),
    );
    app.on("member", (event) => accept(event, event.payload.action, readMemberEvent));
    app.on("membership", (event) => accept(event, event.payload.action, readMembershipEvent));
    app.on("organization.member_removed", (event) => accept(event, event.payload.action, readOrganizationEvent));
    app.on("team", (event) => accept(event, event.payload.action, readTeamEvent));
    app.on(["check_suite.requested", "check_suite.rerequested"], (event) => accept(event, event.payload.action, readCheckSuiteEvent));
  };
}

function placeOf(job: Job): { readonly repo?: string | null; readonly number?: number } {
  return { ...("repo" in job ? { repo: job.repo } : {}), ...("number" in job ? { number: job.number } : {}) };
}
