import type { ChangedFile } from "../../src/model/changed-file.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { PullRequest } from "../../src/model/pull-request.ts";

/** A pull request with these files and nothing else to say. */
export function buildPullRequest(files: readonly ChangedFile[], more: Partial<PullRequest> = {}): PullRequest {
  return {
    repo: "acme/api",
    number: 1,
    title: "Change the service",
    body: "",
    author: "author",
    draft: false,
    labels: [],
    headSha: null,
    base: "main",
    files,
    comments: [],
    acceptances: [],
    revertOf: null,
    manifests: [],
    policy: DEFAULT_POLICY,
    policyOrigin: "default",
    policyProblems: [],
    notRead: [],
    now: "2026-01-15T12:00:00Z",
    ...more,
  };
}
