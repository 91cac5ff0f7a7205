import type { ChangedFile, FileStatus } from "../../src/model/changed-file.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { PullRequest } from "../../src/model/pull-request.ts";

/** One changed file as a fixture writes it. */
export interface WrittenFile {
  readonly path: string;
  readonly status?: FileStatus;
  readonly previousPath?: string;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  /** What git prints after the hunk's header. */
  readonly heading?: string;
}

/** A changed file with a patch of one hunk; without lines, no patch. */
export function buildFile({ path, status, previousPath, added = [], removed = [], heading }: WrittenFile): ChangedFile {
  const lines = [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)];
  const header = `@@ -10,${removed.length} +10,${added.length} @@${heading === undefined ? "" : ` ${heading}`}`;
  return {
    path,
    status: status ?? "modified",
    ...(previousPath === undefined ? {} : { previousPath }),
    additions: added.length,
    deletions: removed.length,
    ...(lines.length === 0 ? {} : { patch: [header, ...lines].join("\n") }),
  };
}

/** A pull request of these files, everything else empty, under the default policy. */
export function buildPullRequest(files: readonly ChangedFile[], changes: Partial<PullRequest> = {}): PullRequest {
  return {
    repo: "acme/shop",
    number: 7,
    title: "Change",
    body: "",
    author: "dana",
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
    now: "2026-11-20T10:00:00Z",
    ...changes,
  };
}
