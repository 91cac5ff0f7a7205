import { expect, test } from "vitest";
import { createRetryBudget } from "../../src/github/retry-budget.ts";

const takeAll = (budget: ReturnType<typeof createRetryBudget>): number => {
  let taken = 0;
  while (taken < 1000 && budget.take()) taken += 1;
  return taken;
};

test("allows a burst of twenty retries, then a tenth of the requests", () => {
  const budget = createRetryBudget();
  expect(takeAll(budget)).toBe(20);
  for (let index = 0; index < 55; index++) budget.onRequest();
  expect(takeAll(budget)).toBe(5);
});

test("saves no more than a burst in quiet times", () => {
  const budget = createRetryBudget();
  for (let index = 0; index < 10_000; index++) budget.onRequest();
  expect(takeAll(budget)).toBe(20);
});
