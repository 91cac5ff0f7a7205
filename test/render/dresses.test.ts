import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { renderCheckRun } from "../../src/render/check-run.ts";
import { renderInspectionMarkdown, renderInspectionTerminal } from "../../src/render/inspection-report.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { renderPaymentCheckRun } from "../../src/render/payment-check-run.ts";
import { renderPlanTerminal } from "../../src/render/plan-report.ts";
import { renderTerminal } from "../../src/render/terminal.ts";
import { buildFinding, buildGrade, buildItem } from "../support/build-review.ts";
import { buildRubric } from "../support/build-rubric.ts";
import * as stories from "../support/review-stories.ts";

const rubric = buildRubric();
const plain = { colour: false, columns: 80 };

describe("one text in three dresses", () => {
  it.each(Object.entries(stories))("Markdown is exactly the check runs' text: %s", (_, review) => {
    const runs = [renderCheckRun(review, rubric), renderPaymentCheckRun(review)].filter((run) => run !== null);
    const markdown = renderMarkdown(review, rubric);
    for (const run of runs) {
      expect(markdown).toContain(`\n\n${run.summary}`);
      expect(markdown).toContain(run.text);
    }
    expect(markdown.match(/^## /gm)).toHaveLength(runs.length);
  });

  it.each([
    ["passed", "✓", stories.passed],
    ["notApplicable", "✓", stories.notApplicable],
    ["blocked", "✗", stories.blocked],
    ["undetermined", "·", stories.undetermined],
    ["riskAccepted", "·", stories.riskAccepted],
    ["observed", "·", stories.observed],
  ] as const)("the terminal starts %s with %s and the title", (_, sign, review) => {
    const [first = ""] = renderTerminal(review, { colour: false, columns: 400 }, rubric).split("\n");
    expect(first).toBe(`${sign} Backend reliability: ${renderCheckRun(review, rubric).title}`);
  });

  it("the terminal says what the check run says, in the same order", () => {
    const order = [
      "Blocked.",
      "To pass: 4 edits",
      "Points: 4 of 8",
      "What the plan covers",
      "Not read",
      "Cannot wait?",
      "2 findings:",
      "All 5 items",
      "Why this pull request counts",
    ];
    for (const text of [renderTerminal(stories.blocked, plain, rubric), renderMarkdown(stories.blocked, rubric)]) {
      const places = order.map((each) => text.indexOf(each));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((left, right) => left - right));
    }
  });

  it("the terminal links places as editors do", () => {
    expect(renderTerminal(stories.blocked, plain, rubric)).toContain("src/clients/courier.ts:27:1");
  });

  it("colour changes no word", () => {
    for (const review of Object.values(stories)) {
      const words = (text: string) => text.replaceAll("`", "").split(/\s+/);
      expect(words(stripVTControlCharacters(renderTerminal(review, { colour: true, columns: 80 }, rubric)))).toEqual(
        words(renderTerminal(review, plain, rubric)),
      );
    }
  });
});

describe("a plan alone", () => {
  it("says whether it passes, and how many items are surely specific", () => {
    const items = [buildItem(), buildItem({ specific: false, missing: ["tools"] }), buildItem({ counted: false })];
    expect(renderPlanTerminal({ items, points: buildGrade() }, plain, rubric)).toMatch(
      /^✓ The plan passes\. 1 of 2 items surely specific\. Points 7 and 8 are/,
    );
    expect(renderPlanTerminal({ items: [], points: buildGrade(["total-items"]) }, plain, rubric)).toMatch(
      /^✗ The plan does not pass yet\. 0 of 0 items/,
    );
  });
});

describe("code alone", () => {
  it.each([
    ["nothing", [], "✓ No findings."],
    ["advice", [buildFinding({ severity: "advisory" as const })], "· 1 finding: 1 advisory."],
    ["a blocking finding", [buildFinding()], "✗ 1 finding: 1 blocking."],
  ])("starts with a mark and a count for %s", (_, findings, expected) => {
    expect(renderInspectionTerminal({ findings, notRead: [] }, plain).split("\n")[0]).toBe(expected);
  });

  it("is not a clean bill when something was not read", () => {
    const notRead = [{ path: "a.ts", reason: "not UTF-8", undetermined: true }];
    expect(renderInspectionMarkdown({ findings: [], notRead })).toBe(
      "· **No findings.**\n\nNot read, so no verdict about it: `a.ts` (not UTF-8).\n",
    );
  });
});
