import { afterAll, beforeAll, expect, it } from "vitest";
import { IN_REPO, openPull, REPO, startAcme, statusOf } from "./start-acme.ts";
import type { Acme } from "./start-acme.ts";

let acme: Acme;
let number: number;

beforeAll(async () => {
  acme = await startAcme();
  ({ number } = await openPull(acme));
});

afterAll(() => acme.close());

async function lastPayload() {
  await acme.github.settled();
  return acme.received.at(-1)?.payload;
}

it("keeps the author when someone else edits, and says what was there and who did it", async () => {
  const id = acme.github.as("rita").comment(REPO, number, "/accept-risk");
  acme.github.as("wendy").editComment(REPO, id, "/accept-risk for all");
  expect(await lastPayload()).toMatchObject({
    action: "edited",
    changes: { body: { from: "/accept-risk" } },
    comment: { id, body: "/accept-risk for all", user: { login: "rita" } },
    issue: { number, pull_request: { url: expect.stringMatching(new RegExp(`/pulls/${number}$`)) } },
    sender: { login: "wendy" },
    installation: { id: acme.installation.id },
    organization: { login: "acme" },
    repository: { full_name: REPO, default_branch: "main" },
  });
  expect(acme.github.comments(REPO, number).find((comment) => comment.id === id)).toMatchObject({
    author: { login: "rita" },
    edits: [{ editor: { login: "wendy" }, before: "/accept-risk" }],
  });
});

it("lets those with write access edit and delete what others wrote, and nobody below", async () => {
  const { github } = acme;
  const id = github.as("wendy").comment(REPO, number, "mine");
  for (const login of ["rita", "tess", "mel"]) {
    expect(() => github.as(login).editComment(REPO, id, "theirs")).toThrow(expect.objectContaining({ status: 403 }));
    expect(() => github.as(login).deleteComment(REPO, id)).toThrow(expect.objectContaining({ status: 403 }));
  }
  github.as("max").deleteComment(REPO, id);
  expect(await lastPayload()).toMatchObject({ action: "deleted", comment: { id }, sender: { login: "max" } });
  expect(await statusOf(acme.app.issues.getComment({ ...IN_REPO, comment_id: id }))).toBe(404);
});

it("shows what an app wrote as its bot's, with the app", async () => {
  const { data } = await acme.app.issues.createComment({ ...IN_REPO, issue_number: number, body: "report" });
  expect(data).toMatchObject({
    user: { login: `${acme.github.app.slug}[bot]`, type: "Bot" },
    performed_via_github_app: { id: acme.github.app.id },
  });
  expect((await lastPayload())?.["comment"]).toMatchObject({ performed_via_github_app: { slug: acme.github.app.slug } });
  const { data: edited } = await acme.app.issues.updateComment({ ...IN_REPO, comment_id: data.id, body: "report 2" });
  expect(edited.body).toBe("report 2");
});

it("marks a hidden comment, without an event", async () => {
  const id = acme.github.as("wendy").comment(REPO, number, "noise");
  const before = (await acme.events()).length;
  acme.github.as("tess").hideComment(REPO, id, "outdated");
  expect((await acme.events()).length).toBe(before);
  const { data } = await acme.app.issues.getComment({ ...IN_REPO, comment_id: id });
  expect(data).toMatchObject({ minimized: { reason: "outdated" } });
});

it.each([
  ["empty", " ", 422],
  ["of 65,536 characters", "x".repeat(65_536), 200],
  ["of 65,537 characters", "x".repeat(65_537), 422],
])("answers a text that is %s", async (_case, body, status) => {
  expect(await statusOf(acme.app.issues.createComment({ ...IN_REPO, issue_number: number, body }))).toBe(status);
});

it("counts a reaction once per person", async () => {
  const id = acme.github.as("wendy").comment(REPO, number, "good");
  const react = () => acme.app.reactions.createForIssueComment({ ...IN_REPO, comment_id: id, content: "+1" });
  expect((await react()).status).toBe(201);
  expect((await react()).status).toBe(200);
  const { data } = await acme.app.issues.getComment({ ...IN_REPO, comment_id: id });
  expect(data.reactions).toMatchObject({ total_count: 1, "+1": 1 });
});

it("pages a long conversation", async () => {
  const pull = await openPull(acme);
  for (let index = 0; index < 33; index += 1) acme.github.as("rita").comment(REPO, pull.number, `no ${index}`);
  const all = await acme.app.paginate(acme.app.issues.listComments, { ...IN_REPO, issue_number: pull.number });
  expect(all.map((comment) => comment.body)).toEqual(Array.from({ length: 33 }, (_, index) => `no ${index}`));
  expect((await acme.app.pulls.get({ ...IN_REPO, pull_number: pull.number })).data.comments).toBe(33);
});
