import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Annotation, CheckRun } from "../../src/model/check-run.ts";
import { publishCheckRun } from "../../src/publish/publish-check-run.ts";
import type { LocalGitHub } from "../support/github/local-github.ts";
import { startGitHub } from "../support/github/start-github.ts";

const REPO = "acme/api";
const NAME = "Backend reliability";
let github: LocalGitHub;
let client: Octokit;
let headSha: string;
let pushes = 0;

beforeAll(async () => {
  github = await startGitHub();
  github.createOrganization("acme", { ana: "admin" });
  await github.createRepository({ repo: REPO });
  github.installApp("acme");
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  client = new Octokit({ baseUrl: github.url, auth: github.actAsApp(github.app, "acme"), log });
});
beforeEach(async () => {
  pushes += 1;
  const changes = { "src/a.ts": `export const a = ${pushes};\n` };
  headSha = await github.as("ana").push(REPO, { branch: `b${pushes}`, changes, message: "Change" });
});
afterEach(() => github.forgetFaults());
afterAll(() => github.close());

const annotationsOf = (count: number, message = "m"): readonly Annotation[] =>
  Array.from({ length: count }, (_, index) => ({
    path: "src/a.ts",
    startLine: index + 1,
    endLine: index + 1,
    level: "warning",
    title: "t",
    message,
  }));

async function publish(annotations: readonly Annotation[], title = "4/8", sha = headSha): Promise<string | null> {
  const run: CheckRun = { name: NAME, conclusion: "failure", title, summary: "s", text: "", annotations, actions: [] };
  const ref = { installationId: 1, repo: REPO, number: 7 };
  return (await publishCheckRun({ client, appId: github.app.id, ref, headSha: sha }, run, null))?.url ?? null;
}

/** Lines of the annotations of each of our runs on the head. */
const lines = () => github.checkRuns(REPO, headSha).map((run) => run.annotations.map(({ start_line }) => start_line));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test("a hundred and twenty annotations come in one run, in order", async () => {
  expect(await publish(annotationsOf(120))).toContain("/runs/");
  expect(lines()).toEqual([upTo(120)]);
});

test("the same annotations again are not appended again, and the rest of the run is brought up to date", async () => {
  await publish(annotationsOf(60));
  await publish(annotationsOf(60), "5/8");
  expect(lines()).toEqual([upTo(60)]);
  expect(github.checkRuns(REPO, headSha)[0]?.output.title).toBe("5/8");
});

test("other annotations take a new run, because they could only be added", async () => {
  await publish(annotationsOf(2));
  await publish(annotationsOf(3, "other"));
  expect(lines()).toEqual([upTo(2), upTo(3)]);
});

test("a run without annotations gets them in place", async () => {
  await publish([]);
  await publish(annotationsOf(60));
  expect(lines()).toEqual([upTo(60)]);
});

test.each(["POST", "PATCH"])("the lost answer to a %s doubles neither run nor annotations", async (method) => {
  github.failNext({ match: (request) => request.method === method && request.path.includes("/check-runs"), loseAnswer: true });
  await publish(annotationsOf(120));
  expect(lines()).toEqual([upTo(120)]);
});

test("a publication that broke off is completed, not repeated", async () => {
  github.failNext({ match: /PATCH .*check-runs/, status: 403, body: { message: "Resource not accessible by integration" } });
  await expect(publish(annotationsOf(120))).rejects.toMatchObject({ status: 403 });
  expect(lines()).toEqual([upTo(50)]);
  await publish(annotationsOf(120));
  expect(lines()).toEqual([upTo(120)]);
});

test("nobody waits on a commit that is gone", async () => {
  github.failNext({ match: /POST .*check-runs/, status: 422, body: { message: "No commit found for SHA: abc" } });
  expect(await publish([])).toBeNull();
  github.failNext({ match: /POST .*check-runs/, status: 422, body: { message: "Validation Failed" } });
  await expect(publish([])).rejects.toMatchObject({ status: 422 });
});
