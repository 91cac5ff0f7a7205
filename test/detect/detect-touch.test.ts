import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectTouch } from "../../src/detect/detect-touch.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";
import { buildFile } from "./build-file.ts";

const route = buildFile({
  path: "src/routes/orders.ts",
  added: ['import { Router } from "express";', "const router = Router();", 'router.get("/orders", (req, res) => res.json([]));'],
});
const guide = buildFile({ path: "docs/guide.md", added: ["The API"], removed: ["API"] });
const open = buildFile({ path: "src/badge.ts", added: ["export const badge = 1;"] });
const test1 = buildFile({ path: "src/routes/orders.test.ts", added: ['import request from "supertest";'] });
const included = (include: readonly string[], exclude: readonly string[] = []) => ({
  policy: { ...DEFAULT_POLICY, paths: { include, exclude } },
});

describe("a file where compilers write", () => {
  const server = [
    'const express = require("express");',
    "const app = express();",
    'app.post("/orders", (req, res) => res.json([]));',
    "app.listen(3000);",
  ];
  const touchedBy = (path: string, lines: readonly string[]) =>
    detectTouch(buildPullRequest([buildFile({ path, added: [...lines] })])).backend.touched;

  test.each(["dist/server.js", "build/server.js", "services/orders/out/server.mjs"])("counts when somebody wrote it: %s", (path) => {
    expect(touchedBy(path, server)).toBe(true);
  });

  test.each([
    ["a compiler's marks", ['Object.defineProperty(exports, "__esModule", { value: true });', ...server]],
    ["a bundler's marks", ["var x = __webpack_require__(12);", ...server]],
    ["a line as only programs write it", [...server, `var a=1;${"x();".repeat(600)}`]],
  ])("does not with %s", (_name, lines) => {
    expect(touchedBy("dist/server.js", lines)).toBe(false);
  });

  test("does not when nothing of its text is known", () => {
    const { backend } = detectTouch(buildPullRequest([{ path: "dist/server.js", status: "modified", additions: 900, deletions: 4 }]));
    expect(backend.touched).toBe(false);
  });
});

describe("evidence", () => {
  test("names the path and the line at the head that decided, strongest first", () => {
    const { backend } = detectTouch(buildPullRequest([guide, route]));
    expect(backend.touched).toBe(true);
    expect(backend.evidence).toContainEqual(expect.objectContaining({ signal: "route handler", path: "src/routes/orders.ts", line: 12 }));
    expect(backend.evidence).toContainEqual(expect.objectContaining({ signal: "import of express (server framework)", line: 10 }));
    const weights = backend.evidence.map(({ weight }) => Math.abs(weight));
    expect(weights).toEqual(weights.toSorted((one, other) => other - one));
  });

  test.each([0, 1, 2, 3, 4, 5, 6])("counts lines from the hunk's header: query on added line %i", (at) => {
    const added = Array.from({ length: 7 }, (_, line) => (line === at ? "  await prisma.order.findMany();" : `const a${line} = ${line};`));
    const { backend } = detectTouch(buildPullRequest([buildFile({ path: "src/load.ts", added })]));
    expect(backend.evidence).toContainEqual(expect.objectContaining({ signal: "database query", line: 10 + at }));
  });

  test.each(["modified", "renamed", "copied"] as const)(
    "comes from the text of a %s file of which no patch and no counts are known",
    (status) => {
      const content = 'import { Router } from "express";\nexport const router = Router();\nrouter.get("/orders", listOrders);\n';
      const { backend } = detectTouch(buildPullRequest([{ path: "src/orders.ts", status, content }]));
      expect(backend.touched).toBe(true);
      expect(backend.evidence).toContainEqual(expect.objectContaining({ signal: "route handler", line: 3 }));
      const renamed = detectTouch(buildPullRequest([{ path: "src/orders.ts", status: "renamed", content, additions: 0, deletions: 0 }]));
      expect(renamed.backend.touched).toBe(false);
    },
  );

  test("names the first added line of a kind", () => {
    const added = ["await prisma.order.findMany();", "const c = 3;", "await prisma.item.findMany();"];
    const { backend } = detectTouch(buildPullRequest([buildFile({ path: "src/load.ts", added })]));
    expect(backend.evidence.filter(({ signal }) => signal === "database query")).toMatchObject([{ line: 10 }]);
  });

  test("comes from removed lines and from what git names in a hunk's header too, with less weight", () => {
    const weightOf = (file: ReturnType<typeof buildFile>) =>
      detectTouch(buildPullRequest([file])).backend.evidence.find(({ signal }) => signal === "server loader or action")?.weight ?? 0;
    const line = "export const loader = async ({ request }: LoaderFunctionArgs) => {";
    const added = weightOf(buildFile({ path: "app/queues.ts", added: [line] }));
    const removed = weightOf(buildFile({ path: "app/queues.ts", removed: [line] }));
    const named = weightOf(buildFile({ path: "app/queues.ts", added: ["  take: 5,"], heading: line }));
    expect(removed).toBeGreaterThan(0);
    expect(removed).toBeLessThan(added);
    expect(named).toBe(removed);
  });

  test("does not depend on the order of the files", () => {
    const files = [guide, route, open, test1];
    expect(JSON.stringify(detectTouch(buildPullRequest(files)))).toBe(JSON.stringify(detectTouch(buildPullRequest(files.toReversed()))));
  });

  test("of a pull request that is not backend has the nearest miss", () => {
    const client = buildFile({
      path: "apps/web/src/services/session.ts",
      added: ["export const session = localStorage.getItem('session');"],
    });
    const touch = detectTouch(buildPullRequest([client]));
    expect(touch.backend.touched).toBe(false);
    expect(touch.nearestMiss).toMatchObject({ path: "apps/web/src/services/session.ts" });
    expect(detectTouch(buildPullRequest([guide])).nearestMiss).toBeNull();
    expect(detectTouch(buildPullRequest([route])).nearestMiss).toBeNull();
  });

  test("is bounded, however many files change", () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ ...route, path: `src/routes/r${at}.ts` }));
    expect(detectTouch(buildPullRequest(many)).backend.evidence.length).toBeLessThanOrEqual(25);
  });
});

describe("no plan is asked for", () => {
  test.each([
    ["Not a backend change: 2 files, all docs and tests", [guide, test1]],
    ["Not a backend change: 1 file of docs", [guide]],
    ["Not a backend change: 2 files", [open, guide]],
    ["Not a backend change: 0 files", []],
  ])("%s", (sentence, files) => {
    expect(detectTouch(buildPullRequest(files)).notApplicable).toBe(sentence);
  });

  test("of a proved revert, whatever it touches", () => {
    expect(detectTouch(buildPullRequest([route], { revertOf: "1a2b3c4d5e6f" })).notApplicable).toBe("Revert of 1a2b3c4");
    expect(detectTouch(buildPullRequest([route], { title: "Revert everything" })).notApplicable).toBeNull();
  });

  test("when the code changes in comments alone, but not when any file changes more", () => {
    const comment = buildFile({ path: "internal/orders/store.go", added: ["// Save keeps the order."] });
    const code = buildFile({ path: "internal/orders/limit.go", added: ["const limit = 5"] });
    expect(detectTouch(buildPullRequest([comment, guide])).notApplicable).toBe(
      "Only comments and layout change in the code: 1 file, no statement differs",
    );
    expect(detectTouch(buildPullRequest([comment, code])).notApplicable).toBeNull();
    expect(detectTouch(buildPullRequest([comment, open])).notApplicable).toBeNull();
  });
});

describe("policy", () => {
  test("includes a path that would not be backend, and excludes one that would", () => {
    expect(detectTouch(buildPullRequest([guide], included(["docs/**"]))).backend.touched).toBe(true);
    expect(detectTouch(buildPullRequest([route], included([], ["src/routes/**"]))).backend.touched).toBe(false);
  });

  test("lets exclusion win, and says so in the evidence", () => {
    const { backend } = detectTouch(buildPullRequest([route], included(["src/**"], ["src/routes/**"])));
    expect(backend.touched).toBe(false);
    expect(backend.evidence).toContainEqual({ signal: "policy excludes src/routes/**", weight: -20, path: "src/routes/orders.ts" });
  });

  test("adds words of its own, as whole words of title and description", () => {
    const words = (backend: readonly string[], payments: readonly string[] = []) => ({
      policy: { ...DEFAULT_POLICY, words: { backend, payments } },
    });
    const titled = (title: string, own: readonly string[]) =>
      detectTouch(buildPullRequest([open], { title, ...words(own) })).backend.touched;
    expect(titled("Speed up Dispatcher Core", [])).toBe(false);
    expect(titled("Speed up Dispatcher Core", ["dispatcher core"])).toBe(true);
    expect(titled("Speed up Dispatcher Cores", ["dispatcher core"])).toBe(false);
    const paid = detectTouch(
      buildPullRequest([buildFile({ path: "services/fees/fee.go", added: ["fee := amount / 10"] })], {
        title: "Settle kassa",
        ...words([], ["kassa"]),
      }),
    );
    expect(paid.payments.evidence).toContainEqual({ signal: "words of the policy: kassa", weight: 2 });
  });
});

describe("words", () => {
  test("of a template's comments, quotes and code do not count", () => {
    const said = (body: string) =>
      detectTouch(buildPullRequest([open], { body })).backend.evidence.filter(({ signal }) => signal.startsWith("words"));
    expect(said("This is a backend API.")).toHaveLength(1);
    expect(said("<!-- Is this a backend API? -->\n> a backend API\n```\nbackend API\n```")).toHaveLength(0);
  });

  test("never outweigh what the code says", () => {
    const body = "backend API, REST endpoint, external integration, data persistence, just a quick endpoint";
    expect(detectTouch(buildPullRequest([guide], { title: "feat(api): endpoint", body })).backend.touched).toBe(false);
    expect(detectTouch(buildPullRequest([route], { title: "docs: fix typo in README" })).backend.touched).toBe(true);
    const page = buildFile({ path: "web/src/lib/orders.ts", added: ["export const name = 1;"] });
    expect(
      detectTouch(buildPullRequest([page], { title: "feat(api): endpoint of the database, server-side worker", body })).backend.touched,
    ).toBe(false);
  });
});

test("payments need a backend change", () => {
  const label = buildFile({ path: "web/src/components/Price.tsx", added: ["<span>{payment.refund}</span>"] });
  const touch = detectTouch(buildPullRequest([label], { title: "Refund payments by invoice" }));
  expect(touch.payments).toEqual({ touched: false, score: 0, evidence: [] });
});

test("a product that is named for billing is not about payments in each of its files", () => {
  const inside = (folder: string) =>
    detectTouch(buildPullRequest([buildFile({ path: `${folder}/net/retry/policy/backoff.go`, added: ["const attempts = 3"] })])).payments
      .touched;
  expect(inside("platform/billing/internal")).toBe(false);
  expect(
    detectTouch(buildPullRequest([buildFile({ path: "internal/billing/backoff.go", added: ["const attempts = 3"] })])).payments.touched,
  ).toBe(true);
});

test("nothing that a pull request may contain makes it throw, and the answer is the same twice", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("@@ -1 +1 @@\n+x", "src/a.ts", "../..", "a".repeat(5000), '"use server"', "/*"),
  );
  const file = fc.record({ path: text, patch: text, status: fc.constantFrom("added" as const, "renamed" as const, "removed" as const) });
  fc.assert(
    fc.property(fc.array(file, { maxLength: 5 }), text, text, (files, title, body) => {
      const pullRequest = buildPullRequest(files, { title, body });
      const touch = detectTouch(pullRequest);
      expect(touch).toEqual(detectTouch(pullRequest));
      expect(touch.backend.score).toBeGreaterThanOrEqual(0);
      expect(touch.backend.score).toBeLessThanOrEqual(1);
    }),
    { numRuns: 150 },
  );
});

test("hostile lines take no longer than their length allows", () => {
  const lines = [
    "import ".repeat(20_000),
    '"'.repeat(50_000),
    "/*".repeat(30_000),
    `class A extends ${"(".repeat(40_000)}`,
    "SELECT ".repeat(20_000),
  ];
  const files = ["a.ts", "a.py", "a.go", "A.java", "a.rb", "a.php", "a.rs", "a.cs", "a.ex", "a.graphql", "a.sql", "a.tf"].map((path) =>
    buildFile({ path, added: lines }),
  );
  const started = performance.now();
  detectTouch(buildPullRequest(files, { title: "a ".repeat(50_000), body: "<!--".repeat(50_000) }));
  expect(performance.now() - started).toBeLessThan(3000);
});
