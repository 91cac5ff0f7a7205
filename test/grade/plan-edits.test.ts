import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import { planEdits } from "../../src/grade/plan-edits.ts";
import type { GradedPlan } from "../../src/model/grade.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

const { thresholds } = DEFAULT_POLICY;
const read = (path: string): string => readFileSync(new URL(`../../fixtures/plans/${path}`, import.meta.url), "utf8");
const grade = (body: string): GradedPlan =>
  gradePlan({ body, identity: "acme/shop#7", rubric: backendReliability, thresholds, openItems: "show", tools: [] });
const edit = (body: string): readonly string[] => planEdits(grade(body), backendReliability, thresholds, 2);
const passes = (graded: GradedPlan): boolean =>
  graded.boxes.every((box) => box.earned === true || !box.mustEarn) && graded.boxes.filter((box) => box.earned === true).length >= 5;

/** The author's own numbers: everything but status codes one higher. */
const ownNumbers = (text: string): string => text.replace(/\b(?![45]\d\d\b)\d+/gu, (digits) => String(Number(digits) + 1));

/** The description with every proposed rewrite in place of its line's text. */
function applyRewrites(body: string, edits: readonly string[], change = ownNumbers): string {
  const lines = body.split("\n");
  for (const one of edits) {
    const match = /^Line (\d+) .*For example: "(.*)"\.$/u.exec(one);
    const at = Number(match?.[1]) - 1;
    const marker = /^(?:- (?:\[.\] )?)/u.exec(lines[at] ?? "")?.[0] ?? "";
    if (match?.[2] !== undefined) lines[at] = marker + change(match[2]);
  }
  return lines.join("\n");
}

describe("the shortest list of edits", () => {
  test("is empty for a plan that passes", () => {
    expect(edit(read("pass/node-refunds.tasks.md"))).toEqual([]);
  });
  test.each(["fail/vague-verbs-only.md", "fail/numbers-and-tools-without-outcome.md", "fail/no-tools.md"])(
    "makes %s pass once it is done",
    (path) => {
      const body = read(path);
      const edits = edit(body);
      expect(edits.length).toBeGreaterThan(0);
      expect(passes(grade(applyRewrites(body, edits)))).toBe(true);
    },
  );
  test("asks a section of one subject for one item about another, not for five", () => {
    const body = read("pass/node-refunds.tasks.md");
    const limits = [10, 20, 30, 40, 50, 60].map(
      (n, at) => `- [x] Redis allows ${n} ${["logins", "uploads", "exports", "searches", "refunds", "mails"][at] ?? ""} a minute, then 429`,
    );
    const keys = "- [x] JWT of RS256 lives 15 min; an expired one gets 401";
    const lines = body.split("\n");
    const from = lines.findIndex((line) => /^#+ .*security/iu.test(line));
    const to = lines.findIndex((line, at) => at > from && line.startsWith("#"));
    const narrow = [...lines.slice(0, from + 1), "", ...limits, keys, "", ...lines.slice(to)];
    const edits = edit(narrow.join("\n"));
    expect(edits[0]).toMatch(
      /^Add 1 item under \*\*Security\*\* about something else: its 7 items speak of authentication and rate limits only/u,
    );
    narrow.splice(from + 2, 0, "- [x] AES-256 with a key in AWS KMS: a dump of the table shows ciphertext only");
    expect(edit(narrow.join("\n"))).toEqual([]);
  });
  test("is not done by pasting the examples, which counts for a few items only", () => {
    const body = read("fail/vague-verbs-only.md");
    const pasted = grade(applyRewrites(body, edit(body), (example) => example));
    expect(passes(pasted)).toBe(false);
    const refused = pasted.items.filter((item) => item.whyNot?.startsWith("our example, unchanged, as in "));
    expect(refused.length).toBeGreaterThan(20);
    const some = grade(applyRewrites(body, edit(body).slice(0, 5), (example) => example));
    expect(some.items.filter((item) => item.specific && item.counted)).toHaveLength(5);
  });
  test("names line, quote and one rewrite", () => {
    const [first] = edit(read("fail/vague-verbs-only.md"));
    expect(first).toMatch(
      /^Line 3 "Add circuit breaker" - say after how many failures .* For example: "Add circuit breaker \(Opossum\): .*"\.$/u,
    );
  });
  test("asks for the items that a section lacks, with a question about what is not covered", () => {
    expect(edit(read("fail/one-section-missing.md"))).toEqual([
      expect.stringMatching(/^Add 5 items under \*\*Observability\*\* \(0 of 5\)\. .*\?$/u),
    ]);
    expect(edit(read("fail/four-items-in-one-section.md"))).toEqual([
      expect.stringMatching(/^Add 1 item under \*\*Security\*\* \(4 of 5\)\. /u),
    ]);
  });
  test("tells to use headings where none was found", () => {
    const body = read("pass/node-refunds.tasks.md").replace(/^##.*$/gmu, "");
    expect(edit(body)[0]).toMatch(/^Put your \d+ items under the headings Fault Tolerance, /u);
  });
  test("leaves the one point of slack alone", () => {
    const body = read("pass/node-refunds.tasks.md").replace(/^(- .*Knex statements).*$/mu, "- [ ] Add Knex timeouts");
    const graded = grade(body);
    expect(graded.boxes.some((box) => box.earned === false)).toBe(true);
    expect(passes(graded)).toBe(true);
    expect(edit(body)).toEqual([]);
  });
});
