import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeViolations } from "../support/github/conformance/violations.ts";
import { CHECK, IN_REPO, openPull, REPO, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;
let sha: string;
let number: number;

beforeAll(async () => {
  acme = await startAcme();
  ({ sha, number } = await openPull(acme));
});

afterAll(() => acme.close());

const OUTPUT = { title: "title", summary: "summary" };
const note = (line: number) => ({ path: "a.ts", start_line: line, end_line: line, annotation_level: "failure", message: "why" }) as const;
const notes = (count: number) => Array.from({ length: count }, (_, index) => note(index + 1));
const action = { label: "Re-check", description: "Look again", identifier: "recheck" };

function create(fields: Record<string, unknown> = {}) {
  const base = { ...IN_REPO, name: CHECK, head_sha: sha };
  return acme.app.request("POST /repos/{owner}/{repo}/check-runs", { ...base, ...fields });
}

async function createRun(fields: Record<string, unknown> = {}): Promise<{ readonly data: { readonly id: number } }> {
  const { data } = await create(fields);
  return { data: { ...data, id: Number(data.id) } };
}

describe("creating a run", () => {
  it.each([
    ["50 annotations", { output: { ...OUTPUT, annotations: notes(50) } }, 201],
    ["51 annotations", { output: { ...OUTPUT, annotations: notes(51) } }, 422],
    ["a summary of 65,535 characters", { output: { ...OUTPUT, summary: "x".repeat(65_535) } }, 201],
    ["a summary of 65,536 characters", { output: { ...OUTPUT, summary: "x".repeat(65_536) } }, 422],
    ["a text of 65,536 characters", { output: { ...OUTPUT, text: "x".repeat(65_536) } }, 422],
    ["a title of 255 characters", { output: { ...OUTPUT, title: "x".repeat(255) } }, 201],
    ["a title of 256 characters", { output: { ...OUTPUT, title: "x".repeat(256) } }, 422],
    ["an output without summary", { output: { title: "t" } }, 422],
    ["columns on one line", { output: { ...OUTPUT, annotations: [{ ...note(1), start_column: 1, end_column: 2 }] } }, 201],
    ["columns across lines", { output: { ...OUTPUT, annotations: [{ ...note(1), end_line: 2, start_column: 1, end_column: 2 }] } }, 422],
    ["an annotation that ends before it starts", { output: { ...OUTPUT, annotations: [{ ...note(2), end_line: 1 }] } }, 422],
    ["an unknown annotation level", { output: { ...OUTPUT, annotations: [{ ...note(2), annotation_level: "error" }] } }, 422],
    ["three buttons", { actions: [action, action, action] }, 201],
    ["four buttons", { actions: [action, action, action, action] }, 422],
    ["a label of 21 characters", { actions: [{ ...action, label: "x".repeat(21) }] }, 422],
    ["a description of 41 characters", { actions: [{ ...action, description: "x".repeat(41) }] }, 422],
    ["an identifier of 21 characters", { actions: [{ ...action, identifier: "x".repeat(21) }] }, 422],
    ["a completed status without conclusion", { status: "completed" }, 422],
    ["an unknown conclusion", { conclusion: "fine" }, 422],
    ["a commit that nobody has", { head_sha: "f".repeat(40) }, 422],
    ["no name", { name: undefined }, 422],
  ])("with %s", async (_case, fields, status) => {
    expect((await create(fields).catch((error: unknown) => error)) as { status: number }).toMatchObject({ status });
    // What is refused here is against GitHub's description of a request, too, as far as that goes.
    if (status === 422) takeViolations();
  });

  it("is for apps: a person gets 403", async () => {
    const call = acme.client("adam").checks.create({ ...IN_REPO, name: "mine", head_sha: sha });
    expect(await statusOf(call)).toBe(403);
  });
});

it("adds annotations with each update and pages them", async () => {
  const { data: run } = await createRun({ output: { ...OUTPUT, annotations: notes(50) } });
  const update = { ...IN_REPO, check_run_id: run.id, output: { ...OUTPUT, annotations: notes(30) } };
  expect((await acme.app.checks.update(update)).data.output.annotations_count).toBe(80);
  const all = await acme.app.paginate(acme.app.checks.listAnnotations, { ...IN_REPO, check_run_id: run.id, per_page: 50 });
  expect(all).toHaveLength(80);
  expect(acme.github.checkRuns(REPO, sha).find(({ id }) => id === run.id)?.annotations).toHaveLength(80);
});

it("lists the newest run of a name first, all of them on request, and only those asked for", async () => {
  const pull = await openPull(acme);
  const add = (name: string) => acme.app.checks.create({ ...IN_REPO, name, head_sha: pull.sha });
  const [first, second, other] = [await add("one"), await add("one"), await add("two")];
  const ids = async (query: Record<string, unknown>) => {
    const { data } = await acme.app.checks.listForRef({ ...IN_REPO, ref: pull.branch, ...query });
    return data.check_runs.map(({ id }) => id);
  };
  expect(await ids({})).toEqual([other.data.id, second.data.id]);
  expect(await ids({ filter: "all", check_name: "one" })).toEqual([second.data.id, first.data.id]);
  expect(await ids({ check_name: "two" })).toEqual([other.data.id]);
  expect(await ids({ app_id: 1 })).toEqual([]);
  expect(await ids({ app_id: acme.github.app.id, status: "completed" })).toEqual([]);
});

it("names the pull requests of the repository that have the commit, and its app", async () => {
  const { data } = await create();
  expect(data).toMatchObject({ pull_requests: [{ number, head: { sha } }], app: { id: acme.github.app.id, slug: acme.github.app.slug } });
});

it("goes back to work when the app says so, and can complete again", async () => {
  const { data: run } = await createRun({ conclusion: "failure", output: OUTPUT });
  const update = (fields: object) => acme.app.checks.update({ ...IN_REPO, check_run_id: run.id, ...fields });
  expect((await update({ status: "in_progress" })).data).toMatchObject({ status: "in_progress", conclusion: null, completed_at: null });
  expect((await update({ conclusion: "neutral" })).data).toMatchObject({ status: "completed", conclusion: "neutral" });
});

describe("a button", () => {
  it("reaches the app with its identifier, the presser and the run", async () => {
    const { data: run } = await createRun({ conclusion: "failure", output: OUTPUT, actions: [action] });
    acme.github.as("wendy").pressButton(REPO, run.id, "recheck");
    await acme.github.settled();
    expect(acme.received.at(-1)).toMatchObject({
      event: "check_run",
      payload: {
        action: "requested_action",
        requested_action: { identifier: "recheck" },
        check_run: { id: run.id, head_sha: sha, app: { id: acme.github.app.id }, pull_requests: [{ number }] },
        sender: { login: "wendy" },
        installation: { id: acme.installation.id },
      },
    });
  });

  it.each([
    ["by someone without write access", "tess", "recheck", { conclusion: "failure" }, 403],
    ["that the run does not offer", "wendy", "other", { conclusion: "failure" }, 422],
    ["before the run is complete", "wendy", "recheck", { status: "in_progress" }, 422],
  ])("cannot be pressed %s", async (_case, login, identifier, state, status) => {
    const { data: run } = await createRun({ ...state, output: OUTPUT, actions: [action] });
    expect(() => acme.github.as(login).pressButton(REPO, run.id, identifier)).toThrow(expect.objectContaining({ status }));
  });
});

it("asks the app alone to run again, one check or all of a commit", async () => {
  const { data: run } = await createRun({ conclusion: "failure", output: OUTPUT });
  acme.github.as("wendy").rerunCheck(REPO, run.id);
  await acme.github.as("wendy").rerunAllChecks(REPO, sha);
  expect((await acme.events()).slice(-2)).toEqual(["check_run.rerequested", "check_suite.rerequested"]);
});

it("belongs to its app: another app can neither change it nor hear its requests", async () => {
  const { data: run } = await createRun({ conclusion: "failure", output: OUTPUT, actions: [action] });
  const other = acme.github.createApp("Other", { checks: "write" }, ["check_run"]);
  acme.github.installApp("acme", null, other);
  other.webhookUrl = acme.github.app.webhookUrl;
  const before = acme.github.deliveries().filter((delivery) => delivery.app === other).length;
  acme.github.as("wendy").pressButton(REPO, run.id, "recheck");
  expect(acme.github.deliveries().filter((delivery) => delivery.app === other)).toHaveLength(before);
  const theirs = acme.github.actAsApp(other, "acme");
  expect(await statusOf(fetchPatch(theirs, run.id))).toBe(403);
});

async function fetchPatch(token: string, id: number): Promise<void> {
  const response = await fetch(`${acme.github.url}/repos/${REPO}/check-runs/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ conclusion: "success" }),
  });
  if (!response.ok) throw Object.assign(new Error(await response.text()), { status: response.status });
}
