import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAppManifest } from "../support/app/read-app-manifest.ts";

type Level = "read" | "write";
/** Any one of these is enough: [permission, level]. None: the app itself asks, or anybody may. */
type Need = readonly (readonly [string, Level])[];

const read = (permission: string): Need => [[permission, "read"]];
const write = (permission: string): Need => [[permission, "write"]];
const NOTHING: Need = [];

// Source: GitHub's "Permissions required for GitHub Apps" (docs, rest/authentication).
const OPERATIONS: Readonly<Record<string, Need>> = {
  "GET /app/hook/deliveries": NOTHING,
  "POST /app/hook/deliveries/{delivery_id}/attempts": NOTHING,
  "GET /app/installations": NOTHING,
  "GET /installation/repositories": read("metadata"),
  "GET /users/{username}": NOTHING,
  "GET /orgs/{org}/teams/{team_slug}/members": read("members"),
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": read("members"),
  "GET /repos/{owner}/{repo}/activity": read("contents"),
  "GET /repos/{owner}/{repo}/collaborators": read("metadata"),
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": read("metadata"),
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": read("pull_requests"),
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": read("checks"),
  "POST /repos/{owner}/{repo}/check-runs": write("checks"),
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": write("checks"),
  "GET /repos/{owner}/{repo}/contents/{path}": read("contents"),
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": read("contents"),
  "GET /repos/{owner}/{repo}/pulls": read("pull_requests"),
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": read("pull_requests"),
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits": read("pull_requests"),
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": read("pull_requests"),
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": [...read("issues"), ...read("pull_requests")],
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": [...write("issues"), ...write("pull_requests")],
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": [...write("issues"), ...write("pull_requests")],
};

// Source: GitHub's "Webhook events and payloads", the availability of each event for GitHub Apps.
const EVENTS: Readonly<Record<string, Need>> = {
  pull_request: read("pull_requests"),
  pull_request_review: read("pull_requests"),
  pull_request_review_comment: read("pull_requests"),
  check_run: read("checks"),
  check_suite: read("checks"),
  issue_comment: read("issues"),
  merge_group: read("merge_queues"),
  push: read("contents"),
  repository: read("metadata"),
  member: read("members"),
  membership: read("members"),
  organization: read("members"),
  team: read("members"),
};

const source = new URL("../../src/", import.meta.url).pathname;
const texts = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("rubrics"))
  .map((path) => readFileSync(join(source, path), "utf8"));
const sent = new Set(
  texts.flatMap((text) => [...text.matchAll(/"((?:GET|POST|PATCH|PUT|DELETE) \/[^"]*)"/g)].map(([, route = ""]) => route)),
);
const { permissions, events } = await readAppManifest();
const isGranted = (need: Need, granted: Readonly<Record<string, Level>>) =>
  need.length === 0 || need.some(([permission, level]) => granted[permission] === level || granted[permission] === "write");
const needs = [...Object.entries(OPERATIONS), ...Object.entries(EVENTS)];
const missing = (granted: Readonly<Record<string, Level>>) => needs.filter(([, need]) => !isGranted(need, granted)).map(([name]) => name);

describe("the permissions of app.yml", () => {
  test("are held against every request that the code can send, and every event that it hears", () => {
    expect([...sent].toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
    expect(events.toSorted()).toEqual(Object.keys(EVENTS).toSorted());
  });

  test("are enough", () => {
    expect(missing(permissions)).toEqual([]);
  });

  test.each(Object.entries(permissions))("hold no more than is used: %s: %s", (permission, level) => {
    const { [permission]: _taken, ...others } = permissions;
    const lowered = level === "write" ? { ...others, [permission]: "read" as const } : others;
    expect(missing(lowered)).not.toEqual([]);
  });

  test.each(Object.keys(permissions))("say in app.yml why %s is asked for", (permission) => {
    const manifest = readFileSync(new URL("../../app.yml", import.meta.url), "utf8");
    expect(manifest).toMatch(new RegExp(`  # \\S.{10,}\\n  ${permission}: `));
  });
});
