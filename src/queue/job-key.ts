import type { Job } from "../model/job.ts";

/** What jobs coalesce on: those with the same key ask for the same work. GitHub's repository names ignore case. */
export function jobKey(job: Job): string {
  const repo = job.repo.toLowerCase();
  switch (job.kind) {
    case "review":
      return `review ${repo}#${job.number}`;
    case "reply":
      return `reply ${repo}#${job.number} ${job.reply}`;
    case "head":
      return `head ${repo}@${job.headSha}`;
  }
}
