import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeItem } from "../../src/grade/judge-item.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

describe("one item", () => {
  test("is read without marker, checkbox, id, tag, emphasis and link address", () => {
    const item = judgeItem("- [x] **FR-017** [P1] Opossum opens after [5 failures](https://example.com/5)", backendReliability, []);
    expect(item).toMatchObject({ text: "Opossum opens after 5 failures", done: true, requirement: "circuit-breaker", specific: true });
  });
  test.each(["AES-256 at rest", "S3: lifecycle", "P95: 200 ms", "1.5 MB limit", "TLS 1.3 only", "99.9 % up"])(
    "keeps its first word: %s",
    (text) => {
      expect(judgeItem(text, backendReliability, []).text).toBe(text);
    },
  );
  test("unsure never overlaps missing, and specific means neither", () => {
    const lines = readFileSync(new URL("../../fixtures/plans/labelled-items.jsonl", import.meta.url), "utf8")
      .trim()
      .split("\n");
    for (const line of lines) {
      const { text } = JSON.parse(line) as { text: string }; // our own fixture
      const item = judgeItem(text, backendReliability, []);
      expect(item.unsure.filter((quality) => item.missing.includes(quality))).toEqual([]);
      expect(item.specific).toBe(item.missing.length === 0 && item.unsure.length === 0);
      expect(item.advice === undefined).toBe(item.specific);
    }
  });
});

describe("advice", () => {
  test.each(backendReliability.requirements.map((requirement) => [requirement.id, requirement] as const))(
    "the rewrite of a vague %s item is specific and still about it",
    (id, requirement) => {
      const vague = judgeItem(requirement.badExample, backendReliability, []);
      expect(vague.specific).toBe(false);
      const rewrite = /For example: "(.*)"$/u.exec(vague.advice ?? "")?.[1] ?? "";
      expect(rewrite).toContain(requirement.badExample);
      expect(judgeItem(rewrite, backendReliability, [])).toMatchObject({ missing: [], requirement: id });
    },
  );
  test.each([
    ["Server closes connections gracefully", "graceful-degradation"],
    ["HTTPS is configured", "encryption"],
    ["Passwords hashed properly", "encryption"],
    ["No keys embedded in the app", "encryption"],
    ["Backups configured", "data-retention"],
    ["Webhook signature validation", "authentication"],
    ["Password reset flow works", "authentication"],
  ])("the rewrite of %s speaks of the same part", (text, requirement) => {
    const vague = judgeItem(text, backendReliability, []);
    const rewrite = /For example: "(.*)"$/u.exec(vague.advice ?? "")?.[1] ?? "";
    const general = backendReliability.requirements.find((one) => one.id === requirement)?.hints?.outcome.example ?? "";
    expect(judgeItem(rewrite, backendReliability, [])).toMatchObject({ missing: [], requirement });
    expect(rewrite).not.toContain(general);
  });
  test.each([
    ["Worker retries with a queue", "retry-backoff", /dead-letter queue"$/u],
    ["Jobs have a timeout", "timeouts", /retried at the next run"$/u],
    ["Idempotency: the job may run again", "idempotency", /a second run leaves the same rows|delivered 2 times/u],
  ])("an item about jobs gets the outcome of a job, and no key that it does not speak of: %s", (text, requirement, outcome) => {
    const { advice = "" } = judgeItem(text, backendReliability, []);
    expect(advice).toMatch(outcome);
    expect(advice).not.toMatch(/caller|502|504|key is remembered/u);
    const rewrite = /For example: "(.*)"$/u.exec(advice)?.[1] ?? "";
    expect(judgeItem(rewrite, backendReliability, [])).toMatchObject({ missing: [], requirement });
  });
  test("an item of an unknown subject is not completed by guess", () => {
    const { advice, requirement } = judgeItem("Pagination is standardized where needed", backendReliability, []);
    expect(requirement).toBeNull();
    expect(advice).toMatch(/ As in: "p-retry tries 3 times/u);
  });
  test("asks only for what is missing", () => {
    expect(judgeItem("Validate the body with Zod", backendReliability, []).advice).not.toContain("schema library");
  });
});

test("the labelled items are read as their labels say", () => {
  const lines = readFileSync(new URL("../../fixtures/plans/labelled-items.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const wrong = { N: 0, T: 0, O: 0, requirement: 0 };
  for (const line of lines) {
    const label = JSON.parse(line) as { text: string; N: boolean; T: boolean; O: boolean; requirement: string | null }; // our own fixture
    const item = judgeItem(label.text, backendReliability, []);
    if (item.numbers.length > 0 !== label.N) wrong.N += 1;
    if (item.tools.length > 0 !== label.T) wrong.T += 1;
    if ((item.outcome !== null) !== label.O) wrong.O += 1;
    if (item.requirement !== label.requirement) wrong.requirement += 1;
  }
  expect(lines.length).toBeGreaterThanOrEqual(150);
  expect(wrong.N).toBeLessThanOrEqual(3);
  expect(wrong.T).toBeLessThanOrEqual(3);
  expect(wrong.O).toBeLessThanOrEqual(6);
  expect(wrong.requirement).toBeLessThanOrEqual(8);
});

describe("what the author calls an item, it is about", () => {
  test.each([
    ["error responses: 401 without a bearer token, 403 for a wrong role, login and session errors say no more", "error-responses"],
    ["Idempotency: a retry after a timeout finds the row in the same transaction", "idempotency"],
    ["Redelivery: running a job twice leaves the same rows", "idempotency"],
    ["owner comes from the token; someone else's track gets 404", "authorization"],
  ])("%s", (text, requirement) => {
    expect(judgeItem(text, backendReliability, []).requirement).toBe(requirement);
  });
});

describe("what an author names in short", () => {
  test.each([
    ["both writes in one pg transaction", ["pg"]],
    ["values are bound pg parameters", ["pg"]],
    ["`requireRole('ranger')` guards the route", ["requireRole('ranger')"]],
    ["see pg 12 of the handbook", []],
    ["`requireCoffee()` guards the route", []],
  ])("%s", (text, tools) => {
    expect(judgeItem(text, backendReliability, []).tools).toEqual(tools);
  });
});
