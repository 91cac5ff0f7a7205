import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { reviewSelf } from "../../scripts/review-self.ts";

const plan = readFileSync(new URL("../../docs/reliability-plan.md", import.meta.url), "utf8");

describe("this repository under its own check", () => {
  test("earns all eight points, and has no finding that blocks", () => {
    expect(reviewSelf(plan)).toEqual({ points: 8, files: expect.any(Number), faults: [] });
  });

  test("would be blocked by a promise that its code does not keep", () => {
    const promise = "ends a statement after 30 s";
    expect(plan).toContain(promise);
    const { points, faults } = reviewSelf(plan.replace(promise, "ends a statement after 3 s"));
    expect(points).toBe(7);
    expect(faults.join("\n")).toContain("statement_timeout: STATEMENT_TIMEOUT_MS");
  });
});
