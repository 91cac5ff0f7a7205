import type { MergeGroupJob } from "./model/job.ts";
import { renderMergeGroupRun, renderUnjudgedGroup } from "./render/merge-group-run.ts";
import { judgePullRequest, type ReviewPorts } from "./judge-pull-request.ts";

/**
 * Judges a commit of the merge queue by the pull request that its branch names: its own verdict, under the signatures
 * that are valid now. Fails closed: a pull request that is not open, or an edge that fails, never gives a green.
 */
export async function judgeMergeGroup(job: MergeGroupJob, ports: ReviewPorts): Promise<void> {
  const judged = await judgePullRequest(job, job.deliveryId, ports);
  const run = judged.state === "open" ? renderMergeGroupRun(judged.review) : renderUnjudgedGroup(job.number);
  await ports.publisher.publishCheckRun(job, job.headSha, run);
}
