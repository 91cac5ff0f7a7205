import { describe, expect, test } from "vitest";
import { judgeReview, judgeNotApplicable, type Evidenced } from "../../src/judge/judge-review.ts";
import type { Box } from "../../src/model/grade.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { PlanItem } from "../../src/model/plan-item.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { Rubric } from "../../src/rubrics/rubric.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const rubric: Rubric = { id: "backend-reliability", title: "Backend reliability", sections: [], requirements: [], neverAlone: [] };
const IDS = ["total-items", "section-items", "concrete-numbers", "specific-tools", "measurable-outcomes", "specificity-checkpoint"];

function boxes(unearned: readonly string[] = [], deficit = 1): readonly Box[] {
  return IDS.map((id, index) => ({
    id,
    earned: !unearned.includes(id),
    mustEarn: index < 2,
    detail: id,
    ...(unearned.includes(id) ? { deficit } : {}),
  }));
}

const touch = {
  backend: { touched: true, score: 1, evidence: [] },
  payments: { touched: false, score: 0, evidence: [] },
  notApplicable: null,
  nearestMiss: null,
};

const item: PlanItem = {
  line: 3,
  section: "fault-tolerance",
  text: "axios: 5 s timeout, then 504",
  requirement: "timeouts",
  done: false,
  counted: true,
  numbers: ["5 s"],
  tools: ["axios"],
  outcome: "then 504",
  specific: true,
  missing: [],
  unsure: [],
};

const finding: Finding = {
  rule: "http-call-has-timeout",
  requirement: "timeouts",
  severity: "blocking",
  path: "src/a.ts",
  line: 7,
  endLine: 7,
  message: "`fetch` waits for ever",
  why: "A slow peer holds the request.",
  fix: "Pass a signal.",
  fingerprint: "abc",
};

type Changes = Partial<Omit<Evidenced, "backend" | "inspection">> & {
  unearned?: readonly string[];
  deficit?: number;
  findings?: readonly Finding[];
  items?: readonly PlanItem[];
  unread?: boolean;
};

function judge(changes: Changes = {}) {
  const items = changes.items ?? [item];
  return judgeReview({
    pullRequest: changes.pullRequest ?? buildPullRequest([]),
    touch: changes.touch ?? touch,
    backend: { rubric, plan: { items, draw: [], boxes: boxes(changes.unearned, changes.deficit) } },
    payments: changes.payments ?? null,
    inspection: {
      findings: changes.findings ?? [],
      notRead: changes.unread ? [{ path: "src/b.ts", reason: "not UTF-8 text", undetermined: true }] : [],
      operations: [],
      items,
    },
    redFlags: changes.redFlags ?? [],
  });
}

const later = { id: "add-reliability-later", where: "body", quote: "retries later", blocks: true, requirement: "retry-backoff" } as const;
const paymentsTouched = { ...touch, payments: { touched: true, score: 1, evidence: [] } };

describe("the verdict", () => {
  test.each<[string, Changes, string, number]>([
    ["a full grade and a quiet diff pass", {}, "passed", 8],
    ["one point of 3 to 6 may be missing", { unearned: ["specific-tools"] }, "passed", 7],
    ["two points of 3 to 6 may not", { unearned: ["specific-tools", "measurable-outcomes"] }, "blocked", 6],
    ["24 items block whatever the sum", { unearned: ["total-items"] }, "blocked", 7],
    ["a short section blocks whatever the sum", { unearned: ["section-items"] }, "blocked", 7],
    ["a blocking finding blocks whatever the sum", { findings: [finding] }, "blocked", 7],
    ["an advisory finding does not", { findings: [{ ...finding, severity: "advisory" }] }, "passed", 8],
    ["a suppressed finding does not", { findings: [{ ...finding, suppressed: "known" }] }, "passed", 8],
    ["a rule that failed is never a pass", { findings: [{ ...finding, severity: "undetermined" }] }, "undetermined", 7],
    ["a file that could not be read is never a pass", { unread: true }, "undetermined", 7],
    ["what the author can repair comes before what we could not look at", { unread: true, findings: [finding] }, "blocked", 7],
    [
      "files that GitHub did not list are never a pass",
      { pullRequest: buildPullRequest([], { notRead: [{ path: "9 more files", reason: "not listed", undetermined: true }] }) },
      "undetermined",
      7,
    ],
    [
      "a contradicted promise blocks",
      { items: [{ ...item, promise: { state: "contradicted", detail: "plan 5 s, code 30 s" } }] },
      "blocked",
      7,
    ],
    ["an unproven promise is only shown", { items: [{ ...item, promise: { state: "unproven" } }] }, "passed", 8],
    ["a deferral blocks", { redFlags: [later] }, "blocked", 8],
    ["a thought that does not defer is only answered", { redFlags: [{ ...later, blocks: false }] }, "passed", 8],
    ["payment code without its rubric is undetermined", { touch: paymentsTouched }, "undetermined", 7],
  ])("%s", (_sentence, changes, verdict, points) => {
    const review = judge(changes);
    expect({ verdict: review.verdict, points: review.grade?.points }).toEqual({ verdict, points });
  });

  test("is told as observed, with what it would have been, where the policy observes", () => {
    const pullRequest = buildPullRequest([], { policy: { ...DEFAULT_POLICY, mode: "observe" } });
    expect(judge({ pullRequest, findings: [finding] })).toMatchObject({ verdict: "observed", observed: "blocked" });
    expect(judge({ pullRequest })).toMatchObject({ verdict: "passed", observed: null });
  });

  test("counts open items only where the policy blocks on them", () => {
    expect(judge().shortfalls).toEqual([]);
    const review = judge({ pullRequest: buildPullRequest([], { policy: { ...DEFAULT_POLICY, openItems: "block" } }) });
    expect(review).toMatchObject({ verdict: "blocked", shortfalls: [{ id: "open-items" }] });
  });
});

describe("an acceptance", () => {
  const accepts = (fingerprints: readonly string[], acceptedBy = "dana", retrofitOn = "2026-12-01") => ({
    acceptedBy,
    fingerprints,
    retrofitOn,
    engineerWeeks: 1.5,
    mitigation: "10 req/min",
    signedAt: "2026-11-01T00:00:00Z",
    headSha: null,
    url: null,
  });
  const at = (acceptances: ReturnType<typeof accepts>[]) => buildPullRequest([], { now: "2026-11-20T12:00:00Z", acceptances });

  test("covers what it was given for, and never as a plain pass", () => {
    const review = judge({ findings: [finding], pullRequest: at([accepts(["abc"])]) });
    expect(review).toMatchObject({
      verdict: "risk-accepted",
      acceptance: { by: ["dana"], until: "2026-12-01" },
      shortfalls: [{ acceptedBy: "dana" }],
    });
  });

  test("does not cover a new finding", () => {
    const review = judge({ findings: [finding, { ...finding, fingerprint: "new" }], pullRequest: at([accepts(["abc"])]) });
    expect(review.verdict).toBe("blocked");
  });

  test("ends after its retrofit date", () => {
    expect(judge({ findings: [finding], pullRequest: at([accepts(["abc"], "dana", "2026-11-20")]) }).verdict).toBe("risk-accepted");
    expect(judge({ findings: [finding], pullRequest: at([accepts(["abc"], "dana", "2026-11-19")]) }).verdict).toBe("blocked");
  });

  test.each([
    ["the same deficit", 3, "risk-accepted"],
    ["a smaller deficit", 2, "risk-accepted"],
    ["a deeper deficit", 4, "blocked"],
  ])("given for a point three short meets %s", (_name, deficit, verdict) => {
    const given = judge({ unearned: ["total-items"], deficit: 3 }).shortfalls.map((each) => each.fingerprint);
    expect(judge({ unearned: ["total-items"], deficit, pullRequest: at([accepts(given)]) }).verdict).toBe(verdict);
  });

  test("covers what could not be judged", () => {
    const given = judge({ unread: true }).shortfalls.map((each) => each.fingerprint);
    expect(given).toHaveLength(1);
    expect(judge({ unread: true, pullRequest: at([accepts(given)]) }).verdict).toBe("risk-accepted");
  });
});

describe("a pull request that needs no plan", () => {
  const none = { ...touch, backend: { ...touch.backend, touched: false }, notApplicable: "Not a backend change: 3 files, all docs" };

  test("is not applicable, with the reason", () => {
    expect(judgeNotApplicable(buildPullRequest([]), none, none.notApplicable)).toMatchObject({
      verdict: "not-applicable",
      grade: null,
      why: none.notApplicable,
    });
  });

  test("is undetermined when GitHub did not list all of its files", () => {
    const pullRequest = buildPullRequest([], {
      notRead: [{ path: "12 more files", reason: "GitHub lists 3000 of 3012 files", undetermined: true }],
    });
    expect(judgeNotApplicable(pullRequest, none, none.notApplicable)).toMatchObject({
      verdict: "undetermined",
      shortfalls: [{ id: "undetermined" }],
    });
  });
});
