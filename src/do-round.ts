import { type DiscoveryPorts, discoverRepositories } from "./discover-repositories.ts";
import { judgeExpired } from "./judge-again.ts";
import type { EarnedPlanStore } from "./model/earned-plan.ts";
import type { RoundJob, RoundName } from "./model/job.ts";
import type { DeliveryStore } from "./model/job-queue.ts";
import type { ReviewStore } from "./model/review-store.ts";
import type { AcceptanceStore } from "./model/risk-register.ts";
import type { RoundStore } from "./model/recovery.ts";
import { type RedeliveryPorts, redeliverMissed } from "./redeliver-missed.ts";
import { type SweepPorts, sweepOpenHeads } from "./sweep-open-heads.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A delivery can come again for three days; its record is kept for as long again, and a day. */
const DELIVERY_LIFE_MS = 7 * DAY_MS;

/** Long enough for a pull request that is closed and reopened to find what it was told before. */
const REVIEW_LIFE_MS = 90 * DAY_MS;

/** The edges that rounds of scheduled work meet. */
export interface RoundPorts extends RedeliveryPorts, SweepPorts, DiscoveryPorts {
  readonly rounds: RoundStore;
  readonly acceptances: AcceptanceStore;
  readonly deliveries: Pick<DeliveryStore, "deleteDeliveriesBefore">;
  readonly reviews: ReviewStore;
  readonly plans: EarnedPlanStore;
  /** Begins a round now, whenever the last one was. */
  readonly startRound: (round: RoundName) => Promise<void>;
}

/** Does one round of scheduled work, and notes that it came to its end. Rejects when an edge fails. */
export async function doRound(job: RoundJob, ports: RoundPorts): Promise<void> {
  await run(job, ports);
  await ports.rounds.saveRoundDone(job.round, job.startedAt);
}

async function run(job: RoundJob, ports: RoundPorts): Promise<void> {
  switch (job.round) {
    case "redeliver":
      return redeliverMissed(job, ports);
    case "sweep":
      return sweepOpenHeads(job, ports);
    case "discover":
      await discoverRepositories(ports);
      return ports.startRound("sweep");
    case "expiry":
      return judgeExpired(job.previousAt?.slice(0, 10) ?? null, job.startedAt.slice(0, 10), ports);
    case "forget":
      return forgetOld(job, ports);
  }
}

async function forgetOld({ startedAt }: RoundJob, { deliveries, heads, reviews, plans }: RoundPorts): Promise<void> {
  const instant = instantBefore(startedAt, DELIVERY_LIFE_MS);
  await deliveries.deleteDeliveriesBefore(instant);
  await heads.deleteMergeGroupsBefore(instant);
  await reviews.deleteReviewsBefore(instantBefore(startedAt, REVIEW_LIFE_MS));
  await plans.deleteEarnedPlansBefore(instantBefore(startedAt, REVIEW_LIFE_MS));
}

function instantBefore(startedAt: string, ms: number): string {
  return new Date(Date.parse(startedAt) - ms).toISOString();
}
