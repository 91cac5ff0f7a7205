import { expect, test } from "vitest";
import { detectTouch } from "../../src/detect/detect-touch.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { PullRequest } from "../../src/model/pull-request.ts";

/** A pull request that changes these files, everything else at its default. */
function buildPullRequest(files: readonly ChangedFile[], changes: Partial<PullRequest> = {}): PullRequest {
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

const route: ChangedFile = {
  path: "src/routes/orders.ts",
  status: "modified",
  patch:
    '@@ -1,2 +1,3 @@\n import { Router } from "express";\n const router = Router();\n+router.get("/orders", (req, res) => res.json([]));',
};
const guide: ChangedFile = { path: "docs/guide.md", status: "modified", patch: "@@ -1 +1 @@\n-API\n+The API" };

test("a server route is backend, with its path and line as evidence", () => {
  const touch = detectTouch(buildPullRequest([guide, route]));
  expect(touch.backend.touched).toBe(true);
  expect(touch.notApplicable).toBeNull();
  expect(touch.backend.evidence).toContainEqual({ signal: "route handler", weight: 3.5, path: "src/routes/orders.ts", line: 3 });
});

test("documentation that speaks of an API is not backend, and the sentence says what it is", () => {
  const touch = detectTouch(buildPullRequest([guide], { title: "docs: the backend API, a REST endpoint" }));
  expect(touch.backend.touched).toBe(false);
  expect(touch.notApplicable).toBe("Not a backend change: 1 file, all docs");
});
