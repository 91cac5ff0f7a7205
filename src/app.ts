import type { ApplicationFunction } from "probot";
import { POLICY_PATH } from "./fetch/github/fetch-policy.ts";
import type { Job, JobOrigin } from "./model/job.ts";
import type { DeliveryStore } from "./model/job-queue.ts";
import type { PushStore } from "./model/pull-request-store.ts";
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

/** Who reads an event, and which of its actions ask us for something; null: all of them. */
interface EventReader {
  readonly actions: readonly string[] | null;
  readonly read: (payload: unknown, origin: JobOrigin, appId: number) => Outcome;
}

/** Every event that we act on, by GitHub's name. */
const READERS: Readonly<Record<string, EventReader>> = {
  pull_request: {
    actions: ["opened", "reopened", "synchronize", "edited", "ready_for_review", "closed"],
    read: readPullRequestEvent,
  },
  check_run: { actions: ["rerequested", "requested_action"], read: readCheckRunEvent },
  check_suite: { actions: ["requested", "rerequested"], read: readCheckSuiteEvent },
  issue_comment: { actions: ["created", "edited", "deleted"], read: readIssueCommentEvent },
  pull_request_review: { actions: ["submitted", "edited", "dismissed"], read: readPullRequestReviewEvent },
  pull_request_review_comment: { actions: ["created", "edited", "deleted"], read: readPullRequestReviewCommentEvent },
  merge_group: { actions: ["checks_requested"], read: readMergeGroupEvent },
  push: { actions: null, read: (payload, origin) => readPushEvent(payload, origin, POLICY_PATH) },
  installation: { actions: ["created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"], read: readInstallationEvent },
  installation_repositories: { actions: ["added", "removed"], read: readInstallationRepositoriesEvent },
  repository: { actions: ["renamed", "transferred", "deleted", "edited"], read: readRepositoryEvent },
  member: { actions: null, read: readMemberEvent },
  membership: { actions: null, read: readMembershipEvent },
  organization: { actions: ["member_removed"], read: readOrganizationEvent },
  team: { actions: null, read: readTeamEvent },
};

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
    for (const [event, { actions, read }] of Object.entries(READERS)) {
      const names = actions === null ? [event] : actions.map((action) => `${event}.${action}`);
      const known = names as Parameters<typeof app.on>[0]; // GitHub's names of events, each with its actions
      app.on(known, (delivery) => accept(delivery, actionOf(delivery.payload), (payload, origin) => read(payload, origin, appId)));
    }
  };
}

/** Whether a delivery of this event ("pull_request.opened", "push") may ask us for anything. */
export function isActedOn(eventAndAction: string): boolean {
  const [event = "", action] = eventAndAction.split(".");
  const reader = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  return reader !== undefined && (reader.actions === null || reader.actions.includes(action ?? ""));
}

function actionOf(payload: object): string {
  return "action" in payload && typeof payload.action === "string" ? payload.action : "";
}

function placeOf(job: Job): { readonly repo?: string | null; readonly number?: number } {
  return { ...("repo" in job ? { repo: job.repo } : {}), ...("number" in job ? { number: job.number } : {}) };
}
