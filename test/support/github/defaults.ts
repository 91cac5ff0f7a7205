import type { Permissions } from "./model/app.ts";
import type { Limits } from "./model/world.ts";

/** What the app asks for unless a test says otherwise. */
export const PERMISSIONS: Permissions = {
  checks: "write",
  contents: "read",
  issues: "write",
  members: "read",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "read",
};

/** What the app listens to unless a test says otherwise. */
export const EVENTS = [
  "check_run",
  "check_suite",
  "issue_comment",
  "issues",
  "merge_group",
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "push",
  "repository",
];

/** GitHub's own sizes and times. */
export const LIMITS: Limits = { patchBytes: 1024 * 1024, patchLines: 20_000, tokenLifetimeMs: 60 * 60 * 1000, deliveryTimeoutMs: 10_000 };
