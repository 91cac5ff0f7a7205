import type { ApplicationFunction } from "probot";
import type { JobOrigin } from "./model/job.ts";
import type { DeliveryStore } from "./model/ports.ts";
import { readCheckRunEvent } from "./receive/check-run-event.ts";
import { readCheckSuiteEvent } from "./receive/check-suite-event.ts";
import type { Outcome } from "./receive/outcome.ts";
import { readPullRequestEvent } from "./receive/pull-request-event.ts";
import type { Logger } from "./telemetry/logger.ts";

/** What the app needs of the process around it. */
export interface AppPorts {
  readonly appId: number;
  readonly deliveries: DeliveryStore;
  readonly log: Logger;
}

/**
 * The Probot app: which event becomes which job. A listener only records the delivery and its job,
 * durably, before GitHub gets its answer; everything else happens in the queue.
 */
export function createApp({ appId, deliveries, log }: AppPorts): ApplicationFunction {
  const accept = async (
    delivery: { id: string; name: string; payload: unknown },
    action: string,
    read: (payload: unknown, origin: JobOrigin) => Outcome,
  ) => {
    const cause = `${delivery.name}.${action}`;
    const line = log.child({ deliveryId: delivery.id, event: cause });
    const outcome = read(delivery.payload, { deliveryId: delivery.id, cause });
    if ("ignored" in outcome) {
      line.info({ reason: outcome.ignored }, "delivery ignored");
      return;
    }
    const recorded = await deliveries.recordDelivery(delivery.id, cause, outcome.job);
    line.info({ job: outcome.job.kind, repo: outcome.job.repo }, recorded === "accepted" ? "delivery accepted" : "delivery seen before");
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
    app.on(["check_suite.requested", "check_suite.rerequested"], (event) => accept(event, event.payload.action, readCheckSuiteEvent));
  };
}
