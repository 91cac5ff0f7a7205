import { describe, expect, it } from "vitest";
import type { CheckRun } from "../../src/model/check-run.ts";
import { renderCheckRun } from "../../src/render/check-run.ts";
import { renderInspectionMarkdown, renderInspectionTerminal } from "../../src/render/inspection-report.ts";
import { renderPaymentCheckRun } from "../../src/render/payment-check-run.ts";
import { renderPlanMarkdown, renderPlanTerminal } from "../../src/render/plan-report.ts";
import { renderPlanSkeleton, renderPlanSkeletonComment } from "../../src/render/plan-skeleton.ts";
import { renderRiskForm } from "../../src/render/risk-form.ts";
import { renderServiceFault } from "../../src/render/service-fault.ts";
import { renderQuietComment, renderStickyComment } from "../../src/render/sticky-comment.ts";
import { renderTerminal } from "../../src/render/terminal.ts";
import { buildGrade } from "../support/build-review.ts";
import { buildRubric } from "../support/build-rubric.ts";
import * as stories from "../support/review-stories.ts";

const rubric = buildRubric();
const url = "https://github.com/harbour/parcels/runs/9";
const terminal = { colour: false, columns: 80 };
const file = (name: string) => `../../fixtures/rendered/${name}`;

/** A check run as a reviewer of this repository reads it: every field, in GitHub's order. */
function showRun(run: CheckRun | null): string {
  if (!run) return "(no check run)\n";
  const notes = run.annotations.map(
    (each) => `[${each.level}] ${each.path}:${each.startLine}-${each.endLine} ${each.title}\n${each.message}\n`,
  );
  const buttons = run.actions.map((action) => `(${action.label}) ${action.description}\n`);
  return (
    [`${run.name}: ${run.conclusion}\n${run.title}\n`, run.summary, run.text, notes.join("\n"), buttons.join("")].join("\n\n").trimEnd() +
    "\n"
  );
}

describe("what people read", () => {
  it.each(Object.entries(stories))("check run: %s", async (name, review) => {
    await expect(showRun(renderCheckRun(review, rubric))).toMatchFileSnapshot(file(`check-run.${name}.md`));
  });

  it.each(Object.entries(stories))("comment: %s", async (name, review) => {
    const comment = renderStickyComment(review, url) ?? `(silent; quiet form)\n${renderQuietComment(review, url)}`;
    await expect(`${comment}\n`).toMatchFileSnapshot(file(`comment.${name}.md`));
  });

  it.each(Object.entries(stories))("terminal: %s", async (name, review) => {
    await expect(renderTerminal(review, terminal, rubric)).toMatchFileSnapshot(file(`terminal.${name}.txt`));
  });

  it.each([
    ["payment-check-run.blocked.md", () => showRun(renderPaymentCheckRun(stories.paymentsBlocked))],
    [
      "service-fault.md",
      () => showRun(renderServiceFault({ reason: "GitHub answered 502 four times", retryAt: "2026-10-01T14:05:00Z", requestId: "C0DE:1" })),
    ],
    ["plan-skeleton.md", () => renderPlanSkeleton(stories.blocked, rubric)],
    ["plan-skeleton-comment.md", () => renderPlanSkeletonComment(stories.deferred, rubric)],
    ["risk-form.md", () => `${renderRiskForm(stories.blocked)}\n`],
    ["plan-report.txt", () => renderPlanTerminal({ items: stories.blocked.items, points: buildGrade(["total-items"]) }, terminal, rubric)],
    ["plan-report.md", () => renderPlanMarkdown({ items: stories.blocked.items, points: buildGrade(["total-items"]) }, rubric)],
    ["inspection-report.txt", () => renderInspectionTerminal(stories.blocked, terminal)],
    ["inspection-report.md", () => renderInspectionMarkdown(stories.blocked)],
  ])("%s", async (name, render) => {
    await expect(render()).toMatchFileSnapshot(file(name));
  });
});
