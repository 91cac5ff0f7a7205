import type { RoundJob } from "./model/job.ts";
import type { DeliveryLog, FailedDelivery, MissedDeliveryStore } from "./model/recovery.ts";

const MINUTE_MS = 60_000;

/** GitHub delivers again for three days (docs, webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks). */
const REACH_MS = 3 * 24 * 60 * MINUTE_MS;
/** Looked through once more each time: GitHub's clock is not ours, and an attempt is listed once it has ended. */
const OVERLAP_MS = 15 * MINUTE_MS;
/** With rounds every five minutes the pauses are 5 minutes, 10, 20 ... and the last try falls within the three days. */
const MOST_TRIES = 8;
/** GitHub asks apps to make at most 80 content-creating requests a minute. */
const MOST_REDELIVERIES = 100;

/** The edges that redelivery meets. */
export interface RedeliveryPorts {
  readonly deliveryLog: DeliveryLog;
  readonly missed: MissedDeliveryStore;
  /** Whether a delivery of this event ("pull_request.opened") asks us for anything. */
  readonly isActedOn: (event: string) => boolean;
  /** Hears what came of each missed delivery. */
  readonly onMissed: (delivery: FailedDelivery, outcome: "asked-again" | "given-up") => void;
  /** Time between two rounds, and the pause before the second redelivery of one delivery, doubled for each further one. */
  readonly recoveryIntervalMs: number;
}

/**
 * Asks GitHub to deliver again what it could not: every failed delivery of the last three days, each once a round and
 * with growing pauses, until it is through or was tried eight times. Deliveries that we would ignore are left alone.
 * Rejects when GitHub's log cannot be read; the next round then begins where this one did.
 */
export async function redeliverMissed(job: RoundJob, ports: RedeliveryPorts): Promise<void> {
  const { deliveryLog, missed, recoveryIntervalMs } = ports;
  const startedAt = new Date(job.startedAt).getTime();
  const previousAt = job.previousAt === null ? 0 : new Date(job.previousAt).getTime() - OVERLAP_MS;
  const since = new Date(Math.max(startedAt - REACH_MS, previousAt)).toISOString();
  const { failures } = await deliveryLog.fetchFailedDeliveries(since);
  await missed.saveFailures(
    failures.filter(({ event }) => ports.isActedOn(event)),
    job.startedAt,
    recoveryIntervalMs,
  );
  for (const due of await missed.findDue(job.startedAt, MOST_REDELIVERIES)) await redeliver(due, ports);
  await missed.deleteMissedBefore(new Date(startedAt - REACH_MS - OVERLAP_MS).toISOString());
}

async function redeliver(due: FailedDelivery & { readonly tries: number }, { deliveryLog, missed, onMissed }: RedeliveryPorts) {
  const outcome = due.tries >= MOST_TRIES ? "gone" : await deliveryLog.redeliver(due.attemptId);
  if (outcome === "gone") {
    await missed.saveGivenUp(due.guid);
    onMissed(due, "given-up");
    return;
  }
  await missed.saveAsked(due.guid);
  onMissed(due, "asked-again");
}
