import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles } from "./support/demo/story-files.ts";

let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({ variables: { WEBHOOK_SECRET_PREVIOUS: "the secret before" } });
  app.github.createOrganization("acme", { dana: "admin", ana: "member" }, "write");
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const metrics = async () => (await fetch(`${app.url}/metrics`)).text();

test("counts deliveries, jobs, verdicts and GitHub's answers, and names nobody", async () => {
  await app.github.createRepository({ repo: "acme/counted", files: readStoryFiles("carrier-quotes", "base") });
  const ana = app.github.as("ana");
  const head = await ana.push("acme/counted", {
    branch: "change",
    changes: readStoryFiles("carrier-quotes", "documentation"),
    message: "Change",
  });
  const number = await ana.openPullRequest({ repo: "acme/counted", head: "change", title: "Describe the carriers", body: null });
  ana.comment("acme/counted", number, "no command");
  await app.completedRun("acme/counted", head);
  await app.idle();
  const text = await metrics();
  for (const line of [
    /^backend_reliability_deliveries_total\{event="pull_request\.opened",outcome="accepted"\} 1$/m,
    /^backend_reliability_deliveries_total\{event="issue_comment\.created",outcome="ignored"\} 1$/m,
    /^backend_reliability_jobs_total\{kind="review",result="done"\} [1-9]/m,
    /^backend_reliability_job_duration_seconds_count\{kind="review"\} [1-9]/m,
    /^backend_reliability_stage_duration_seconds_count\{stage="fetch"\} [1-9]/m,
    /^backend_reliability_stage_duration_seconds_count\{stage="detect"\} [1-9]/m,
    /^backend_reliability_stage_duration_seconds_count\{stage="publish"\} [1-9]/m,
    /^backend_reliability_verdicts_total\{verdict="not-applicable"\} [1-9]/m,
    /^backend_reliability_github_requests_total\{status="200"\} [1-9]/m,
    /^backend_reliability_github_quota_remaining\{resource="core"\} \d+$/m,
    /^backend_reliability_github_breaker_open 0$/m,
    /^backend_reliability_jobs\{state="waiting"\} 0$/m,
    /^backend_reliability_oldest_waiting_seconds \d/m,
    /^backend_reliability_acceptances_active 0$/m,
  ])
    expect(text).toMatch(line);
  expect(text).not.toMatch(/acme|dana|ana"/);
});

test("a rotation loses no delivery: both secrets are taken, and no third", async () => {
  const body = JSON.stringify({ action: "created" });
  const post = async (secret: string) => {
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    const headers = { "x-github-delivery": "d-9", "x-github-event": "star", "x-hub-signature-256": signature };
    return (await fetch(`${app.url}/api/github/webhooks`, { method: "POST", body, headers })).status;
  };
  expect(await post(app.github.app.webhookSecret)).toBe(202);
  expect(await post("the secret before")).toBe(202);
  expect(await post("a guess")).toBe(401);
});
