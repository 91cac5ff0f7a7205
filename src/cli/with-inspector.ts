import { inspectPullRequest } from "../inspect/inspect-pull-request.ts";
import type { Inspector } from "../model/ports.ts";
import { allRules } from "../rubrics/all-rules.ts";

/** Runs work with the one inspector of this process, and closes it. */
export async function withInspector<T>(work: (inspector: Inspector) => Promise<T>): Promise<T> {
  return work({ inspect: async (pullRequest, items) => inspectPullRequest(pullRequest, items, allRules) });
}
