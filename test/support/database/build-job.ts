import type { ReviewJob } from "../../../src/model/job.ts";

/** A job to review pull request `number` of acme/api, with what a test cares about put in. */
export function buildJob(number: number, given: Partial<ReviewJob> = {}): ReviewJob {
  return {
    kind: "review",
    installationId: 1,
    repo: "acme/api",
    number,
    headSha: null,
    deliveryId: `delivery-${number}`,
    cause: "pull_request.opened",
    ...given,
  };
}
