import { describe, expect, test } from "vitest";
import { AMBIGUOUS_NAMES } from "../../../src/rubrics/wording/tools/ambiguous-names.ts";
import { TOOL_NAMES } from "../../../src/rubrics/wording/tools/tool-names.ts";

describe("the vocabulary of tools", () => {
  const known = new Set(TOOL_NAMES.map((name) => name.toLowerCase()));
  test("has thousands of names over all ecosystems", () => {
    expect(known.size).toBeGreaterThan(3000);
    for (const name of [
      "opossum",
      "tenacity",
      "resilience4j",
      "polly",
      "gobreaker",
      "sidekiq",
      "laravel",
      "tokio",
      "ecto",
      "sqs",
      "gke",
      "azure key vault",
      "hpa",
      "pagerduty",
      "jwt",
      "statement_timeout",
    ]) {
      expect(known, name).toContain(name);
    }
  });
  test("holds no pattern, language or law", () => {
    for (const name of [
      "circuit breaker",
      "cache",
      "middleware",
      "go",
      "python",
      "java",
      "typescript",
      "json",
      "sql",
      "rbac",
      "gdpr",
      "xss",
      "dlq",
      "webhook",
      "uuid",
    ]) {
      expect(known, name).not.toContain(name);
    }
  });
  test("no name is both sure and ambiguous", () => {
    expect(AMBIGUOUS_NAMES.filter((name) => known.has(name.toLowerCase()))).toEqual([]);
  });
});
