import { describe, expect, it } from "vitest";
import type { Conclusion } from "../../src/model/check-run.ts";
import type { Review, VerdictName } from "../../src/model/review.ts";
import { renderCheckRun } from "../../src/render/check-run.ts";
import { byteLength, LIMITS } from "../../src/render/limits.ts";
import { buildFinding, buildGrade, buildItem, buildReview } from "../support/build-review.ts";
import { buildRubric } from "../support/build-rubric.ts";
import { findNodes, parseMarkdown } from "../support/parse-markdown.ts";
import * as stories from "../support/review-stories.ts";

const rubric = buildRubric();
const render = (overrides: Partial<Review>) => renderCheckRun(buildReview(overrides), rubric);

describe("the conclusion", () => {
  it.each<[VerdictName, Conclusion]>([
    ["passed", "success"],
    ["not-applicable", "success"],
    ["blocked", "failure"],
    ["risk-accepted", "neutral"],
    ["observed", "neutral"],
    ["undetermined", "action_required"],
  ])("of %s is %s", (verdict, conclusion) => {
    expect(render({ verdict }).conclusion).toBe(conclusion);
  });
});

describe("the title", () => {
  const cases: readonly (readonly [string, Partial<Review>])[] = [
    ["8/8 - the plan is specific, nothing found in the diff contradicts it", {}],
    ["8/8 - 2 advisory findings", { findings: [buildFinding({ severity: "advisory" }), buildFinding({ severity: "advisory" })] }],
    [
      "7/8 - 1 edit to pass, 1 blocking finding",
      { verdict: "blocked", grade: buildGrade(["diff"]), findings: [buildFinding()], nextSteps: ["a"] },
    ],
    [
      "7/8 - no reliability plan yet, 2 edits to pass",
      { verdict: "blocked", grade: buildGrade(["diff"]), items: [], nextSteps: ["a", "b"] },
    ],
    ["8/8 - no reliability plan yet", { verdict: "blocked", items: [buildItem({ counted: false })] }],
    [
      "7/8 - waiting for Payment operations (6/8), reliability put off, 1 edit to pass, 1 broken promise",
      {
        verdict: "blocked",
        grade: buildGrade(["payment-operations"]),
        payments: { touched: true, score: 9, evidence: [], grade: buildGrade(["total-items", "diff"]) },
        redFlags: [{ id: "add-reliability-later", where: "title", quote: "later", blocks: true, requirement: "timeouts" }],
        items: [buildItem({ promise: { state: "contradicted" } })],
        nextSteps: ["a"],
      },
    ],
    ["Not a backend change - no plan needed", { verdict: "not-applicable", why: "Not a backend change.", grade: null }],
    [
      "Pull requests of renovate[bot] need no plan",
      { verdict: "not-applicable", why: "Pull requests of renovate[bot] need no plan", grade: null },
    ],
    ["Revert of 1a2b3c4 - no plan needed", { verdict: "not-applicable", why: "Revert of 1a2b3c4", grade: null }],
    ["Not a backend change - no plan needed", { verdict: "not-applicable", why: "", grade: null }],
    [
      "Could not tell - 8/8 - 1 file not read, 1 finding not decided",
      {
        verdict: "undetermined",
        notRead: [{ path: "a.ts", reason: "", undetermined: true }],
        findings: [buildFinding({ severity: "undetermined" })],
      },
    ],
    ["Could not tell - a part could not be judged", { verdict: "undetermined", grade: null }],
    ["Observed, nothing blocked - 8/8 - 1 blocking finding", { verdict: "observed", observed: "blocked", findings: [buildFinding()] }],
    [
      "Risk accepted by @dana and @eve until 2026-12-01, 1 engineer-week",
      { verdict: "risk-accepted", acceptance: { by: ["dana", "@eve"], until: "2026-12-01", engineerWeeks: 1, mitigation: "", url: null } },
    ],
    ["Risk accepted", { verdict: "risk-accepted" }],
  ];
  it.each(cases)("reads: %s", (title, overrides) => {
    expect(render(overrides).title).toBe(title);
  });

  it("counts neither suppressed findings as blocking nor files in other languages as unread", () => {
    expect(render({ findings: [buildFinding({ suppressed: "legacy" })] }).title).toBe(
      "8/8 - the plan is specific, nothing found in the diff contradicts it",
    );
    const { title } = render({ verdict: "undetermined", notRead: [{ path: "a.go", reason: "Go", undetermined: false }] });
    expect(title).toBe("Could not tell - 8/8 - a part could not be judged");
  });

  it("is cut to what GitHub takes", () => {
    const { title } = render({
      verdict: "risk-accepted",
      acceptance: { by: ["d".repeat(400)], until: "2026-12-01", engineerWeeks: 1, mitigation: "", url: null },
    });
    expect(title).toHaveLength(LIMITS.checkTitle);
    expect(title.endsWith("…")).toBe(true);
  });
});

describe("the summary", () => {
  it("starts with the verdict and its reason, then the next step", () => {
    const [first, , second, , third] = renderCheckRun(stories.blocked, rubric).summary.split("\n");
    expect(first).toMatch(/^\*\*Blocked\.\*\* The plan is specific in 3 of 5 items/);
    expect(second).toBe("### To pass: 4 edits");
    expect(third).toBe("1. Add 4 items under **Observability** (1 of 5).");
  });

  it.each([
    ["not judged", null, "–"],
    ["earned", true, "✓"],
    ["missed", false, "✗"],
  ])("marks a point that was %s", (_, earned, sign) => {
    const grade = buildGrade();
    const boxes = grade.boxes.map((box) => (box.id === "diff" ? { ...box, earned, detail: "so" } : box));
    expect(render({ grade: { ...grade, boxes } }).summary).toContain(`| ${sign} | the diff keeps the plan | so |`);
  });

  it("explains a sum that suffices and still fails", () => {
    expect(render({ grade: buildGrade(["total-items"]) }).summary).toContain("no slack covers this point: **enough items in all**.");
    expect(render({ grade: buildGrade(["concrete-numbers"]) }).summary).not.toContain("no slack");
    expect(render({ grade: buildGrade(["total-items", "diff"]) }).summary).not.toContain("no slack");
  });

  it("shows four marks in the grid, with the line that decided where something is wrong", () => {
    const { summary } = render({
      grid: [
        { requirement: "circuit-breaker", state: "met", line: 3 },
        { requirement: "retry-backoff", state: "vague", line: 18 },
        { requirement: "timeouts", state: "contradicted", line: 27 },
        { requirement: "health-checks", state: "missing", line: 9 },
      ],
    });
    expect(summary).toContain("| 1 | circuit breaker ✓ | errors handled |");
    expect(summary).toContain("| 2 | retries · 18 |");
    expect(summary).toContain("| 3 | timeouts ✗ 27 |");
    expect(summary).toContain("| 5 | health checks – |");
  });

  it("leaves the grid out when nothing was graded", () => {
    expect(render({ grid: [] }).summary).not.toContain("What the plan covers");
  });

  it("names who may sign without calling them", () => {
    expect(render({ verdict: "blocked" }).summary).toContain("Cannot wait? `@harbour/architects` or a person with the role admin may sign");
    expect(render({ verdict: "passed" }).summary).not.toContain("may sign");
  });

  it("names the setting to change where nobody may sign", () => {
    const { summary } = render({ verdict: "blocked", decisionMakers: "nobody: set decision-makers in .github/backend-reliability.yml" });
    expect(summary).toContain("Nobody may sign for the risk yet: set `decision-makers` in `.github/backend-reliability.yml`.");
  });

  it("answers a deferral with the template, until somebody signed for it", () => {
    const shortfall = stories.deferred.shortfalls.find((each) => each.id === "add-reliability-later");
    const signed = stories.deferred.shortfalls.map((each) => (each === shortfall ? { ...each, acceptedBy: "dana" } : each));
    expect(renderCheckRun(stories.deferred, rubric).summary).toContain("> BLOCKED: Cannot defer reliability requirements.");
    const after = renderCheckRun({ ...stories.deferred, shortfalls: signed }, rubric).summary;
    expect(after).not.toContain("BLOCKED: Cannot defer");
    expect(after).toContain("### Signed for already, and not what blocks");
    expect(after).toContain("by `@dana`");
  });

  it.each<[VerdictName]>([["risk-accepted"], ["observed"], ["undetermined"]])("does not say BLOCKED when the verdict is %s", (verdict) => {
    expect(renderCheckRun({ ...stories.deferred, verdict, observed: null }, rubric).summary).not.toContain("BLOCKED");
  });

  it("answers a thought that does not block with its reality only", () => {
    const { summary, text } = render({
      redFlags: [{ id: "edge-case-unlikely", where: "comment", quote: "that will never happen", blocks: false, requirement: null }],
    });
    expect(summary).not.toContain("BLOCKED");
    expect(text).toContain("- `that will never happen` (a comment): Unlikely times scale is frequent");
  });

  it("says whose verdict it is when pull requests share the commit", () => {
    const { summary } = render({
      number: 7,
      verdict: "blocked",
      sharedHead: [
        { number: 8, verdict: "risk-accepted", lacks: ["total-items: 24 of 25 items"] },
        { number: 9, verdict: "not-applicable" },
      ],
    });
    expect(summary).toContain(
      "This commit is the head of 3 open pull requests, so it carries the worst of their verdicts: that of pull request 7.",
    );
    expect(summary).toContain(
      "- Pull request 8: risk accepted.\n  - enough items in all: 24 of 25 items\n- Pull request 9: no plan needed.",
    );
  });

  it("shows mistakes in the policy with their place", () => {
    const { summary } = render({
      policyProblems: [{ path: ".github/backend-reliability.yml", line: 4, column: 3, message: "unknown key `mod`; did you mean `mode`?" }],
    });
    expect(summary).toContain("`.github/backend-reliability.yml:4` column 3: unknown key `mod`; did you mean `mode`?");
  });

  it("names five unread files, counts the rest and lists all of them below", () => {
    const notRead = Array.from({ length: 12 }, (_, index) => ({ path: `src/big-${index}.ts`, reason: "too large", undetermined: true }));
    const { summary, text } = render({ notRead });
    expect(summary).toContain("`src/big-4.ts` (too large) and 7 more.");
    expect(summary).not.toContain("big-5.ts");
    expect(text).toContain("All 12 files that were not read or not inspected");
    expect(text).toContain("`src/big-11.ts` (too large)");
  });
});

describe("the text", () => {
  it("tells what became of each promise", () => {
    const { text } = renderCheckRun(stories.blocked, rubric);
    expect(text).toContain("the diff keeps it: `src/clients/courier.ts:9`");
    expect(text).toContain("waits 30 s `src/clients/courier.ts:27`");
    expect(text).toContain("ticked, and the diff shows no trace of it: unproven");
  });

  it("does not call an open item unproven", () => {
    expect(render({ items: [buildItem({ done: false, promise: { state: "unproven" } })] }).text).not.toContain("unproven");
  });

  it("marks drawn items and says why others do not count", () => {
    const drawn = buildItem();
    const { text } = render({ items: [drawn, buildItem({ line: 40, counted: false, whyNot: "put off" })], draw: [drawn.text] });
    expect(text).toContain("line 12, timeouts, drawn: ");
    expect(text).toMatch(/Not counted[\s\S]*line 40: `.*` put off/);
  });

  it("names the reason of a suppression and the signer of an acceptance", () => {
    const { text } = render({
      findings: [buildFinding({ suppressed: "replaced in the next release" }), buildFinding({ fingerprint: "other" })],
      shortfalls: [{ id: "http-call-has-timeout", fingerprint: "other", acceptedBy: "dana", signersNeeded: 1, detail: "" }],
    });
    expect(text).toContain("Suppressed in the code: `replaced in the next release`");
    expect(text).toContain("Accepted by `@dana`");
    expect(text).toContain("2 findings: 1 blocking, 1 suppressed");
  });

  it("shows the strongest evidence first and counts what it leaves out", () => {
    const evidence = Array.from({ length: 30 }, (_, index) => ({ signal: `signal ${index}`, weight: index - 3 }));
    const { text } = render({ backend: { touched: true, score: 9, evidence } });
    expect(text.indexOf("signal 29 (+26)")).toBeLessThan(text.indexOf("signal 28 (+25)"));
    expect(text).toContain("signal 0 (-3)");
    expect(text).toContain("… and 5 weaker");
  });
});

describe("the buttons", () => {
  it.each<[VerdictName, readonly string[]]>([
    ["passed", ["recheck"]],
    ["not-applicable", ["recheck"]],
    ["risk-accepted", ["recheck"]],
    ["blocked", ["recheck", "plan-skeleton", "risk-form"]],
    ["undetermined", ["recheck", "plan-skeleton", "risk-form"]],
  ])("of %s are %j, within GitHub's limits", (verdict, identifiers) => {
    const { actions } = render({ verdict });
    expect(actions.map((action) => action.identifier)).toEqual(identifiers);
    for (const action of actions) {
      expect(action.label.length).toBeLessThanOrEqual(LIMITS.actionLabel);
      expect(action.description.length).toBeLessThanOrEqual(LIMITS.actionDescription);
      expect(action.identifier.length).toBeLessThanOrEqual(LIMITS.actionIdentifier);
    }
  });

  it("offer no risk form while nothing is blocked", () => {
    expect(render({ verdict: "observed", observed: "blocked" }).actions.map((action) => action.identifier)).toEqual([
      "recheck",
      "plan-skeleton",
    ]);
    expect(render({ verdict: "observed", observed: "passed" }).actions.map((action) => action.identifier)).toEqual(["recheck"]);
  });
});

describe("a review that is far too large", () => {
  const long = "漢`|@x#1:a:".repeat(300);
  const many = <T>(build: (index: number) => T) => Array.from({ length: 1000 }, (_, index) => build(index));
  const run = render({
    verdict: "blocked",
    why: long,
    items: many((index) =>
      buildItem({
        line: index,
        text: long,
        missing: ["numbers"],
        advice: long,
        promise: { state: "contradicted", detail: long, path: long, line: 1 },
      }),
    ),
    findings: many((index) => buildFinding({ path: long, message: long, why: long, fix: long, suppressed: index % 2 === 0 ? "x" : long })),
    nextSteps: many(() => long),
    notRead: many(() => ({ path: long, reason: long, undetermined: true })),
    redFlags: many(() => ({ id: "edge-case-unlikely" as const, where: "comment" as const, quote: long, blocks: false, requirement: null })),
    shortfalls: many(() => ({ id: "promise", fingerprint: long, signersNeeded: 1, detail: long, acceptedBy: long })),
    policyProblems: many(() => ({ path: long, line: 1, column: 1, message: long })),
    sharedHead: many((number) => ({ number, verdict: "blocked" as const })),
    nearestMiss: { signal: long, weight: 1, path: long },
    decisionMakers: long,
    policyOrigin: long,
    grade: { ...buildGrade(), boxes: buildGrade().boxes.map((box) => ({ ...box, detail: long })) },
  });

  it("stays within every limit", () => {
    expect(byteLength(run.summary)).toBeLessThanOrEqual(LIMITS.checkTextBytes);
    expect(byteLength(run.text)).toBeLessThanOrEqual(LIMITS.checkTextBytes);
    expect(run.title.length).toBeLessThanOrEqual(LIMITS.checkTitle);
    expect(run.annotations).toHaveLength(LIMITS.annotations);
  });

  it("says what was cut and how much, and keeps the first of each list", () => {
    expect(run.text).toMatch(/… \d+ more findings not shown/);
    expect(run.summary).toMatch(/^1\. .*\n2\. .*\n3\. /m);
    expect(run.summary).toMatch(/… \d+ more edits not shown/);
    expect(run.summary).toContain("1900 more findings have no annotation");
  });

  it("closes everything that it opens", () => {
    const html = findNodes(parseMarkdown(run.text)).flatMap((node) => (node.type === "html" ? [node.value] : []));
    expect(html.filter((value) => value.startsWith("<details>"))).toHaveLength(html.filter((value) => value === "</details>").length);
    expect(run.summary.isWellFormed()).toBe(true);
    expect(run.text.isWellFormed()).toBe(true);
  });
});
