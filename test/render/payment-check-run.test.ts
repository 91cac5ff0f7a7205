import { describe, expect, it } from "vitest";
import type { Conclusion } from "../../src/model/check-run.ts";
import type { Review, VerdictName } from "../../src/model/review.ts";
import { renderPaymentCheckRun } from "../../src/render/payment-check-run.ts";
import { buildFinding, buildGrade, buildItem } from "../support/build-review.ts";
import { buildRequirement, buildRubric } from "../support/build-rubric.ts";
import * as stories from "../support/review-stories.ts";

const { grade: failing, ...ungraded } = stories.paymentsBlocked.payments;
const passing = buildGrade();
const unjudged = {
  ...passing,
  points: 7,
  passed: false,
  boxes: passing.boxes.map((box) => (box.id === "diff" ? { ...box, earned: null } : box)),
};
const payments = (grade?: Review["payments"]["grade"]) => (grade ? { ...ungraded, grade } : ungraded);
const render = (overrides: Partial<Review>) => renderPaymentCheckRun({ ...stories.paymentsBlocked, ...overrides });

describe("renderPaymentCheckRun", () => {
  it("is not posted where payments are not touched", () => {
    expect(renderPaymentCheckRun(stories.blocked)).toBeNull();
  });

  it.each<[string, VerdictName, Review["payments"]["grade"], Conclusion, RegExp]>([
    ["passed", "blocked", passing, "success", /^8\/8 - passed$/],
    ["short of its grade", "blocked", failing, "failure", /^7\/8 - the payment plan comes first$/],
    ["not judged", "undetermined", undefined, "action_required", /^Could not tell - /],
    ["not judged, while the rest blocks", "blocked", undefined, "action_required", /^Could not tell - /],
    ["not to be told", "undetermined", unjudged, "action_required", /^Could not tell - 7\/8, a part could not be judged$/],
    ["signed for", "risk-accepted", failing, "neutral", /^Risk accepted by @dana until 2026-12-01/],
    ["passed, while the rest is signed for", "risk-accepted", passing, "success", /^8\/8 - passed$/],
    ["observed", "observed", failing, "neutral", /^Observed, nothing blocked - 7\/8$/],
    ["observed and not judged", "observed", undefined, "neutral", /^Observed, nothing blocked$/],
    ["of a pull request that changes no backend", "not-applicable", undefined, "success", /^No payment plan needed$/],
  ])("of a payment plan that is %s (verdict %s)", (_, verdict, grade, conclusion, title) => {
    const run = render({ verdict, payments: payments(grade), acceptance: stories.riskAccepted.acceptance });
    expect(run?.conclusion).toBe(conclusion);
    expect(run?.title).toMatch(title);
    expect(run?.name).toBe("Payment operations");
  });

  it("shows its points, and what was accepted when somebody signed", () => {
    expect(render({})?.summary).toContain("### Points: 7 of 8, 7 needed");
    expect(render({})?.summary).not.toContain("What was accepted");
    const signed = renderPaymentCheckRun({ ...stories.riskAccepted, payments: payments(failing) });
    expect(signed?.summary).toContain("### What was accepted\n\n- enough items in all: 5 of 25");
  });

  it("shows its own findings, steps and evidence, and no annotation twice", () => {
    const own = buildFinding({ rule: "charge-has-key", requirement: "charge-idempotency", message: "charge without a key" });
    const run = render({ findings: [buildFinding(), own] });
    expect(run?.text).toContain("charge without a key");
    expect(run?.text).not.toContain("http-call-has-timeout");
    expect(run?.text).toContain("`src/payments/charge.ts:2` import of `stripe` (+9)");
    expect(run?.text).not.toContain("counts as backend");
    expect(run?.summary).toContain("1. Add 2 items under **Money** (1 of 3).");
    expect(run?.annotations).toEqual([]);
  });

  it("shows its items and grid once it has a rubric and they are there", () => {
    const rubric = {
      ...buildRubric(),
      sections: [{ id: "money" as const, title: "Money", synonyms: [] }],
      requirements: [buildRequirement("rounding", "money", "rounding")],
    };
    const item = buildItem({ section: "money", requirement: "rounding", text: "Half-even to 2 digits with big.js" });
    const review: Review = {
      ...stories.paymentsBlocked,
      payments: {
        ...stories.paymentsBlocked.payments,
        items: [item],
        draw: [item.text],
        grid: [{ requirement: "rounding", state: "met" }],
      },
    };
    const own = buildFinding({ rule: "charge-has-key", requirement: "charge-idempotency" });
    const run = renderPaymentCheckRun({ ...review, findings: [own] }, rubric);
    expect(run?.text).toContain("`charge-has-key`");
    expect(run?.summary).toContain("| 1 | rounding ✓ |");
    expect(run?.text).toContain("line 12, rounding, drawn: `Half-even to 2 digits with big.js`");
  });
});
