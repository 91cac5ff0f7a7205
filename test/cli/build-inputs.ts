import { readFileSync } from "node:fs";
import { join } from "node:path";

const pulls = join(import.meta.dirname, "../../fixtures/pulls/carrier-quotes");

const read = (path: string) => readFileSync(join(pulls, path), "utf8");

/** Thresholds under which the complete plan surely passes, so that a verdict here hangs on nothing but what a test changes. */
const LENIENT = { "numbers-percent": 0, "tools-percent": 0, "outcomes-percent": 0, "unsure-percent": 100, passing: 6 };

/** A complete plan. */
export const PLAN = read("specific-plan.md");

/** A pull request input of a backend change that passes. */
export function buildPassing(): Record<string, unknown> & { files: Record<string, unknown>[] } {
  return {
    id: "quotes",
    repo: "acme/shop",
    number: 12,
    title: "Quote carriers",
    body: PLAN,
    files: [{ path: "src/routes/quotes.ts", status: "added", content: read("careful/src/routes/quotes.ts") }],
    policy: { thresholds: LENIENT },
    now: "2026-05-01T08:00:00Z",
  };
}

/** The same without a plan. */
export function buildBlocked(): Record<string, unknown> {
  return { ...buildPassing(), body: "Quotes for everyone." };
}

/** The same with a backend file that nobody can read. */
export function buildUnreadable(): Record<string, unknown> {
  const passing = buildPassing();
  return { ...passing, files: [...passing.files, { path: "src/services/rates.ts", status: "added", content: "x".repeat(1_100_000) }] };
}

/** A pull request input that touches documentation alone. */
export function buildDocumentation(): Record<string, unknown> {
  const patch = "@@ -0,0 +1 @@\n+# Carriers";
  return { id: "docs", title: "Describe carriers", body: null, files: [{ path: "docs/carriers.md", status: "added", patch }] };
}
