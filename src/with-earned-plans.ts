import type { EarnedPlanStore } from "./model/earned-plan.ts";
import type { PullRequestSource } from "./model/pull-request-source.ts";

/** Adds to each open pull request what the database knows of the repository's other plans. */
export function withEarnedPlans(source: PullRequestSource, plans: Pick<EarnedPlanStore, "loadEarnedPlans">): PullRequestSource {
  return {
    ...source,
    async fetchPullRequest(ref) {
      const fetched = await source.fetchPullRequest(ref);
      if (fetched.state !== "open") return fetched;
      const earnedPlans = await plans.loadEarnedPlans(ref.repo, ref.number);
      return { ...fetched, pullRequest: { ...fetched.pullRequest, earnedPlans } };
    },
  };
}
