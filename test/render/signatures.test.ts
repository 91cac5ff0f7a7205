import { describe, expect, it } from "vitest";
import type { Review, SignatureNews } from "../../src/model/review.ts";
import { renderCheckRun } from "../../src/render/check-run.ts";
import { LIMITS } from "../../src/render/limits.ts";
import { renderMergeGroupRun, renderUnjudgedGroup } from "../../src/render/merge-group-run.ts";
import { renderPolicyCheckRun } from "../../src/render/policy-check-run.ts";
import { buildReview } from "../support/build-review.ts";
import { buildRubric } from "../support/build-rubric.ts";

const CODE = "01234-56789-ABCDE-FGHJK-MNPQR";
const NOTHING: SignatureNews = { waiting: [], ended: [], unchecked: [] };
const URL = "https://github.com/acme/api/pull/1#issuecomment-1";
const WAITING = { ...NOTHING, waiting: [{ code: CODE, acceptedBy: ["dana"], url: URL }] };
const render = (signatures: SignatureNews, more: Partial<Review> = {}) =>
  renderCheckRun(buildReview({ verdict: "blocked", signatures, ...more }), buildRubric());

describe("a blocked pull request", () => {
  it.each<[string, SignatureNews, string, string, string]>([
    ["with a complete form asks for its signature", WAITING, "action_required", "Waiting for a signature - ", `/accept-risk sign ${CODE}`],
    [
      "whose acceptance ran out says when",
      { ...NOTHING, ended: [{ by: "dana", end: "expired", until: "2027-01-15" }] },
      "action_required",
      "The accepted risk ran out - ",
      "ran out on 2027-01-15, before the merge",
    ],
    [
      "whose signer could not be checked says why",
      { ...NOTHING, unchecked: [{ by: "dana", because: "The role of @dana could not be read." }] },
      "action_required",
      "A signature could not be checked - ",
      "does not count now. The role of `@dana` could not be read.",
    ],
    [
      "whose signature ended says what ended it, and is the author's turn again",
      { ...NOTHING, ended: [{ by: "dana", end: "form-edited", until: "2027-01-15" }] },
      "failure",
      "",
      "The signature of `@dana` ended: the form was edited afterwards.",
    ],
    [
      "whose form names only people who may not sign waits for nobody, and says whom to name",
      { ...NOTHING, vain: [{ acceptedBy: ["ana"], url: URL }] },
      "failure",
      "",
      "names only `@ana`, who may not sign here: name ",
    ],
    ["that nobody may sign for names the setting", { ...NOTHING, nobodyLeft: true }, "failure", "", "Nobody may sign for the risk yet"],
  ])("%s", (_name, signatures, conclusion, title, said) => {
    const run = render(signatures);
    expect(run.conclusion).toBe(conclusion);
    expect(run.title.startsWith(title)).toBe(true);
    expect(run.summary).toContain(said);
  });
});

it.each(["passed", "not-applicable", "risk-accepted", "observed"] as const)(
  "a verdict %s is not held up by a form that waits",
  (verdict) => {
    const run = render(WAITING, { verdict });
    expect(run.conclusion).not.toBe("action_required");
    expect(run.summary).not.toContain("waits for its signature");
  },
);

it("what is not covered stands apart from what is", () => {
  const shortfall = { id: "x", fingerprint: "f", signersNeeded: 1 };
  const { summary } = render(NOTHING, {
    shortfalls: [
      { ...shortfall, detail: "src/new.ts:1 is new" },
      { ...shortfall, detail: "src/old.ts:1 is old", acceptedBy: "dana" },
    ],
  });
  expect(summary).toMatch(/Not signed for, and what blocks[\s\S]*src\/new\.ts:1[\s\S]*Signed for already[\s\S]*src\/old\.ts:1/);
});

describe("a commit of the merge queue", () => {
  it("carries the verdict with its origin and without annotations", () => {
    const run = renderMergeGroupRun(buildReview({ verdict: "blocked", number: 12, headSha: "abcdef0123".repeat(4) }));
    expect(run).toMatchObject({ conclusion: "failure", annotations: [] });
    expect(run.summary).toContain("pull request 12 at `abcdef0`");
  });

  it("is never green where its pull request is not open", () => {
    expect(renderUnjudgedGroup(12)).toMatchObject({ conclusion: "action_required", title: expect.stringContaining("12") });
  });
});

describe("the check of a proposed policy", () => {
  const problem = { path: ".github/backend-reliability.yml", line: 3, column: 5, message: "unknown key `modes`; did you mean `mode`?" };
  const change = { path: problem.path, origin: "acme/api@1234567" };

  it("has each mistake on its line, within GitHub's limits", () => {
    const run = renderPolicyCheckRun({ ...change, state: "invalid", problems: Array.from({ length: 300 }, () => problem) });
    expect(run).toMatchObject({ conclusion: "failure", title: "The policy file has 300 mistakes" });
    expect(run.annotations).toHaveLength(LIMITS.annotations);
    expect(run.annotations[0]).toMatchObject({ startLine: 3, level: "failure", message: expect.stringContaining("did you mean") });
  });

  it.each([
    ["valid", "The policy file is valid"],
    ["removed", "The policy file is removed - the default takes its place"],
  ] as const)("says that it is %s, and what is in force", (state, title) => {
    const run = renderPolicyCheckRun({ ...change, state, problems: [] });
    expect(run).toMatchObject({ conclusion: "success", title });
    expect(run.summary).toContain("acme/api@1234567");
  });
});
