import { afterAll, describe, expect, test } from "vitest";
import { createInspector } from "../../src/analysis/create-inspector.ts";
import type { ChangedFile } from "../../src/model/changed-file.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const inspector = createInspector({ deadlineMs: 20_000, fileDeadlineMs: 5_000, memoryMb: 256 });
afterAll(() => inspector.close());

const added = (path: string, content: string): ChangedFile => ({ path, status: "added", content });
const swallowing = added("src/sync.ts", "export async function sync(o) {\n  try {\n    await push(o);\n  } catch (e) {}\n}\n");

test("gives what the rules say, from another thread", async () => {
  const { findings } = await inspector.inspect(buildPullRequest([swallowing]), []);
  expect(findings.map((f) => [f.rule, f.line])).toEqual([["caught-error-is-handled", 4]]);
});

test("answers pull requests that arrive together, each with its own", async () => {
  const results = await Promise.all(
    ["src/a.ts", "src/b.ts", "src/c.ts"].map((path) => inspector.inspect(buildPullRequest([{ ...swallowing, path }]), [])),
  );
  expect(results.map((r) => r.findings.map((f) => f.path))).toEqual([["src/a.ts"], ["src/b.ts"], ["src/c.ts"]]);
});

test("may be warmed before it is used, and not after it was closed", async () => {
  const warm = createInspector({ deadlineMs: 20_000, memoryMb: 256 });
  warm.warm();
  const { findings } = await warm.inspect(buildPullRequest([swallowing]), []);
  expect(findings).toHaveLength(1);
  await warm.close();
  warm.warm();
  await expect(warm.inspect(buildPullRequest([swallowing]), [])).rejects.toThrow("closed");
});

describe("hostile code", () => {
  const nest = (open: string, close: string, times: number): string => open.repeat(times) + "x" + close.repeat(times);
  const HOSTILE: readonly (readonly [string, string])[] = [
    ["parentheses 200,000 deep", nest("(", ")", 200_000)],
    ["arrays 100,000 deep", nest("[", "]", 100_000)],
    ["blocks 50,000 deep", nest("{", "}", 50_000)],
    ["calls 20,000 deep", nest("f(", ")", 20_000)],
    ["functions 5,000 deep", nest("(() => ", ")", 5_000)],
    ["a chain of 20,000 calls", `a${".then(f)".repeat(20_000)};`],
    ["a sum of 50,000 terms", `const n = ${"1 + ".repeat(50_000)}1;`],
    ["one line of 1 MB", `const s = "${"a".repeat(1_000_000)}";`],
    ["1 MB of statements on one line", "try{await f()}catch(e){}".repeat(40_000)],
    ["1 MB of open braces", "{".repeat(1_000_000)],
    ["1 MB of open backticks", "`${".repeat(300_000)],
    ["constants that name each other", Array.from({ length: 5_000 }, (_, i) => `const a${i} = a${i + 1};`).join("\n") + "\nfetch(a0);"],
    ["a constant that names itself", "const a = a; const b = b.c(); fetch(a, b); b.get('/x', a);"],
    ["a null character and a lone surrogate", "const x = '\u0000\ud800'; fetch(x);"],
  ];

  test.each(HOSTILE)(
    "%s: the answer comes, and the file beside it is still judged",
    async (_name, content) => {
      const { findings, notRead } = await inspector.inspect(buildPullRequest([added("src/hostile.ts", content), swallowing]), []);
      expect(findings.filter((f) => f.path === "src/sync.ts").map((f) => f.rule)).toEqual(["caught-error-is-handled"]);
      expect(notRead.every((n) => n.path === "src/hostile.ts")).toBe(true);
    },
    40_000,
  );
});

describe("limits", () => {
  test("a file over its deadline is one undetermined finding that names it, and the rest is read", async () => {
    const slow = createInspector({ deadlineMs: 20_000, fileDeadlineMs: 1, memoryMb: 256 });
    const heavy = added("src/heavy.ts", "try{await f()}catch(e){}\n".repeat(30_000));
    const { findings } = await slow.inspect(buildPullRequest([heavy]), []);
    await slow.close();
    expect(findings.map((f) => [f.rule, f.severity, f.path])).toEqual([["file-is-read-within-limits", "undetermined", "src/heavy.ts"]]);
  });

  test("a file over the memory limit likewise, and the inspector goes on afterwards", async () => {
    const small = createInspector({ deadlineMs: 30_000, fileDeadlineMs: 15_000, memoryMb: 60 });
    const heavy = added("src/heavy.ts", "f(a,b,c,[1,2,3],{x:1});".repeat(60_000));
    const { findings } = await small.inspect(buildPullRequest([heavy, swallowing]), []);
    const again = await small.inspect(buildPullRequest([swallowing]), []);
    await small.close();
    expect(findings.map((f) => [f.severity, f.path]).toSorted()).toContainEqual(["undetermined", "src/heavy.ts"]);
    expect(again.findings.map((f) => f.path)).toEqual(["src/sync.ts"]);
  }, 60_000);

  test("a closed inspector says so", async () => {
    const closed = createInspector({ deadlineMs: 1000, memoryMb: 128 });
    await closed.close();
    await expect(closed.inspect(buildPullRequest([swallowing]), [])).rejects.toThrow("closed");
  });
});
