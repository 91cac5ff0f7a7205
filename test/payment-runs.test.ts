import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles, readStoryText } from "./support/demo/story-files.ts";

// The second run on a head: it leaves with the payments, and follows the worst of several pull requests. Over HTTP.
let app: LocalApp;
let opened = 0;

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { dana: "admin", ana: "member" }, "write");
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const BASE = readStoryFiles("berth-payments", "base");
const CAREFUL = readStoryFiles("berth-payments", "careful");
const PLANS = `${readStoryText("berth-payments", "payment-plan.md")}\n${readStoryText("berth-payments", "backend-plan.md")}`;
const FEES = {
  "src/services/berth-fees.ts":
    'import { db } from "../db.js";\n\nexport const feeOf = (berth: string) => db.query("select amount, currency from fees where berth = $1", [berth]);\n',
};

async function repositoryWith(changes: Readonly<Record<string, string>>) {
  const repo = `acme/runs-${(opened += 1)}`;
  await app.github.createRepository({ repo, files: BASE });
  const ana = app.github.as("ana");
  await ana.createBranch(repo, "release", "main");
  return { repo, ana, head: await ana.push(repo, { branch: "change", changes, message: "Change" }) };
}

/** What "Payment operations" says on a head once nothing is left to do; null when it is not there. */
async function payments(repo: string, head: string) {
  await app.idle();
  const runs = app.github.checkRuns(repo, head).filter((run) => run.name === "Payment operations");
  expect(runs.length).toBeLessThan(2);
  const [run] = runs;
  return run ? { status: run.status, conclusion: run.conclusion, title: run.output.title ?? "", summary: run.output.summary ?? "" } : null;
}

test("a run of payments that an edit made untouched says so and blocks nothing; none is made for others", async () => {
  const { repo, ana, head } = await repositoryWith(FEES);
  const number = await ana.openPullRequest({ repo, head: "change", title: "Take payments for berths", body: "" });
  expect(await payments(repo, head)).toMatchObject({ conclusion: "failure" });
  await ana.editPullRequest(repo, number, { title: "Keep the berths" });
  const after = await payments(repo, head);
  expect(after).toMatchObject({ status: "completed", conclusion: "neutral", title: "Payments are not touched - no payment plan needed" });
  expect(after?.summary.trim().split("\n")).toHaveLength(1);
  await ana.editPullRequest(repo, number, { title: "Take payments for berths" });
  expect(await payments(repo, head)).toMatchObject({ conclusion: "failure" });

  const other = await repositoryWith(FEES);
  await other.ana.openPullRequest({ repo: other.repo, head: "change", title: "Keep the berths", body: "" });
  expect(await payments(other.repo, other.head)).toBeNull();
});

test("two pull requests with one head: the run follows the worse payments and names both", async () => {
  const { repo, ana, head } = await repositoryWith(CAREFUL);
  const good = await ana.openPullRequest({ repo, head: "change", title: "Pay for a berth", body: PLANS });
  expect(await payments(repo, head)).toMatchObject({ conclusion: "success" });
  const bad = await ana.openPullRequest({ repo, head: "change", base: "release", title: "Pay for a berth", body: "Nothing planned." });
  const both = await payments(repo, head);
  expect(both).toMatchObject({ conclusion: "failure" });
  expect(both?.summary).toContain(`that of pull request ${bad}`);
  expect(both?.summary).toContain(`Pull request ${good}: passed.`);
  // Judged again, the better one does not hide the worse.
  await ana.editPullRequest(repo, good, { title: "Pay for a berth, please" });
  expect(await payments(repo, head)).toMatchObject({ conclusion: "failure" });
  await ana.closePullRequest(repo, bad);
  const alone = await payments(repo, head);
  expect(alone).toMatchObject({ conclusion: "success" });
  expect(alone?.summary).not.toContain("pull request");
});
