import type { Job } from "../model/job.ts";

/** What jobs coalesce on: those with the same key ask for the same work. GitHub's repository names ignore case. */
export function jobKey(job: Job): string {
  const repo = "repo" in job ? (job.repo ?? "").toLowerCase() : "";
  switch (job.kind) {
    case "review":
      return `review ${repo}#${job.number}`;
    case "reply":
      return `reply ${repo}#${job.number} ${job.reply}`;
    case "head":
      return `head ${repo}@${job.headSha}`;
    case "comment":
      return `comment ${repo}#${job.number} ${job.source} ${job.commentId}`;
    case "merge-group":
      return `merge-group ${repo}@${job.headSha}`;
    case "policy":
      return `policy ${repo}`;
    case "signers":
      return `signers ${job.installationId} ${repo} ${job.personId ?? "anybody"}`;
    case "repository":
      return `repository ${job.installationId} ${JSON.stringify(job.change).toLowerCase()}`;
    case "round":
      return `round ${job.round}`;
  }
}
