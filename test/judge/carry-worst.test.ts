import { describe, expect, it } from "vitest";
import { carryWorst, carryWorstPayments } from "../../src/judge/carry-worst.ts";
import type { Review, VerdictName } from "../../src/model/review.ts";
import { buildGrade } from "../support/build-review.ts";
import * as stories from "../support/review-stories.ts";

const { grade: failing, ...ungraded } = stories.paymentsBlocked.payments;
const of = (number: number, verdict: VerdictName, payments: Review["payments"] = stories.blocked.payments): Review => ({
  ...stories.paymentsBlocked,
  number,
  verdict,
  payments,
});
const passed = { ...ungraded, grade: buildGrade() };
const short = failing ? { ...ungraded, grade: failing } : ungraded;

describe("a head that several pull requests share", () => {
  it("carries the worst verdict, and names the others and what they lack", () => {
    const [lacking] = stories.blocked.shortfalls;
    const milder = { ...of(7, "risk-accepted"), shortfalls: lacking ? [lacking] : [] };
    const carried = carryWorst(milder, [of(8, "blocked"), { ...of(9, "not-applicable"), shortfalls: [] }]);
    expect([carried.number, carried.sharedHead]).toEqual([
      8,
      [
        { number: 7, verdict: "risk-accepted", lacks: [lacking?.detail] },
        { number: 9, verdict: "not-applicable", lacks: [] },
      ],
    ]);
  });

  it("carries the worst of the payments by themselves: another is blocked for its other plan alone", () => {
    const carried = carryWorstPayments(of(7, "blocked", passed), [of(8, "blocked", short), of(9, "blocked")]);
    expect([carried?.number, carried?.sharedHead]).toEqual([
      8,
      [
        { number: 7, verdict: "passed" },
        { number: 9, verdict: "not-applicable" },
      ],
    ]);
  });

  it("follows whichever pull request touches payments, whoever was judged last", () => {
    expect(carryWorstPayments(of(9, "blocked"), [of(7, "passed", passed)])?.number).toBe(7);
    expect(carryWorstPayments(of(9, "blocked"), [])).toBeNull();
  });

  it("takes the first of equals, and no review of a run without a number or of the pull request itself", () => {
    const unnumbered = { ...of(0, "blocked", short), number: null };
    expect(carryWorstPayments(of(8, "passed", passed), [of(7, "passed", passed), unnumbered])?.number).toBe(7);
    const carried = carryWorstPayments(of(7, "passed", passed), [of(7, "blocked", short)]);
    expect([carried?.verdict, carried?.sharedHead]).toEqual(["passed", []]);
  });
});
