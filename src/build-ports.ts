import type { Probot } from "probot";
import { createInspector } from "./analysis/create-inspector.ts";
import { isActedOn } from "./app.ts";
import { createAcceptanceStore } from "./database/acceptance-store.ts";
import { createAwaitedHeadStore } from "./database/awaited-head-store.ts";
import type { Database } from "./database/database.ts";
import { createDeliveryStore } from "./database/delivery-store.ts";
import { createEarnedPlanStore } from "./database/earned-plan-store.ts";
import { createInstalledRepositoryStore } from "./database/installed-repository-store.ts";
import { createMissedDeliveryStore } from "./database/missed-delivery-store.ts";
import { createPolicyStore } from "./database/policy-store.ts";
import { createPullRequestStore } from "./database/pull-request-store.ts";
import { createPushStore } from "./database/push-store.ts";
import { createRepositoryStore } from "./database/repository-store.ts";
import { createReviewStore } from "./database/review-store.ts";
import { createRiskCommentStore } from "./database/risk-comment-store.ts";
import { createRoundStore } from "./database/round-store.ts";
import { createShownShortfallStore } from "./database/shown-shortfall-store.ts";
import { createStickyCommentStore } from "./database/sticky-comment-store.ts";
import type { JobPorts } from "./do-job.ts";
import type { Environment } from "./environment.ts";
import { createBlobCache } from "./fetch/github/blob-cache.ts";
import { createInstallationListing } from "./fetch/github/create-installation-listing.ts";
import { createSigningSource } from "./fetch/github/create-signing-source.ts";
import { createCommentSource } from "./fetch/github/fetch-comments.ts";
import { createPullRequestSource } from "./fetch/github/fetch-pull-request.ts";
import { appClientOf, clientsOf } from "./github/create-probot.ts";
import { describeFault } from "./github/describe-fault.ts";
import type { Inspector } from "./model/inspector.ts";
import type { ReviewStore } from "./model/review-store.ts";
import { createPublisher } from "./publish/create-publisher.ts";
import { createReplyPublisher } from "./publish/publish-reply.ts";
import type { Queue } from "./queue/create-queue.ts";
import { createDeliveryLog } from "./receive/create-delivery-log.ts";
import type { Logger } from "./telemetry/logger.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import type { Traces } from "./telemetry/traces.ts";
import { withEarnedPlans } from "./with-earned-plans.ts";

/** Blobs kept in memory, by SHA. */
const BLOB_CACHE_BYTES = 64 * 1024 * 1024;

/** Hostile code may take this much of a worker, and no more. */
const INSPECTION_LIMITS = { deadlineMs: 60_000, memoryMb: 512 };

/** What a worker is built from. */
export interface Collaborators {
  readonly environment: Pick<Environment, "appId" | "recoveryIntervalMs">;
  readonly database: Database;
  readonly queue: Queue;
  readonly probot: Probot;
  readonly metrics: Metrics;
  readonly traces: Traces;
  readonly log: Logger;
  /** The clock of snapshots and rounds. */
  readonly now: () => Date;
}

/** A worker's inspector, which reads hostile code in a thread of its own. */
export function buildInspector(): ReturnType<typeof createInspector> {
  return createInspector(INSPECTION_LIMITS);
}

/** The real edges that jobs meet. */
export function buildPorts(
  { environment, database, queue, probot, metrics, traces, log, now }: Collaborators,
  inspector: Inspector,
): JobPorts {
  const clientOf = clientsOf(probot);
  const appClient = appClientOf(probot);
  const rounds = createRoundStore(database, queue);
  const plans = createEarnedPlanStore(database);
  return {
    source: withEarnedPlans(
      createPullRequestSource(clientOf, {
        blobs: createBlobCache(BLOB_CACHE_BYTES),
        now,
        policies: createPolicyStore(database),
        appId: environment.appId,
      }),
      plans,
    ),
    plans,
    comments: createCommentSource(clientOf),
    signing: createSigningSource(clientOf, createPushStore(database)),
    acceptances: createAcceptanceStore(database, queue),
    riskComments: createRiskCommentStore(database),
    shown: createShownShortfallStore(database),
    pullRequests: createPullRequestStore(database),
    repositories: createRepositoryStore(database),
    replies: createReplyPublisher(clientOf, environment.appId),
    publisher: createPublisher(clientOf, environment.appId, createStickyCommentStore(database)),
    reviews: countVerdicts(createReviewStore(database), metrics),
    inspector,
    stages: { time: (stage, work) => metrics.stages.time(stage, () => traces.stages.time(stage, work)) },
    queue,
    describeFault,
    deliveries: createDeliveryStore(database, queue),
    deliveryLog: createDeliveryLog(appClient),
    missed: createMissedDeliveryStore(database),
    listing: createInstallationListing(appClient, clientOf),
    installed: createInstalledRepositoryStore(database),
    heads: createAwaitedHeadStore(database),
    rounds,
    isActedOn,
    recoveryIntervalMs: environment.recoveryIntervalMs,
    isUnfinished: (job) => queue.isUnfinished(job),
    onMissed({ guid, event, failedAt }, outcome) {
      metrics.onMissedDelivery(outcome);
      const line = { deliveryId: guid, event, failedAt };
      if (outcome === "given-up") log.error(line, "a delivery of GitHub's could not be had again and was given up");
      else log.info(line, "a delivery that failed was asked for again");
    },
    async startRound(round) {
      const at = now().toISOString();
      await rounds.claimRound(round, at, at);
    },
  };
}

function countVerdicts(reviews: ReviewStore, metrics: Metrics): ReviewStore {
  return {
    ...reviews,
    async saveReview(ref, review) {
      await reviews.saveReview(ref, review);
      metrics.onVerdict(review.verdict);
      for (const { rule, severity } of review.findings) if (severity === "undetermined") metrics.onUndetermined(rule);
    },
  };
}
