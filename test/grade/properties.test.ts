import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRedFlags } from "../../src/grade/find-red-flags.ts";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import { judgeItem, judgeItems } from "../../src/grade/judge-item.ts";
import { findCandidates, preparePatterns } from "../../src/grade/literal-filter.ts";
import { WHOLE_TEXT_SIGNS } from "../../src/grade/outcome-signs/whole-text-signs.ts";
import { planEdits } from "../../src/grade/plan-edits.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

const { thresholds } = DEFAULT_POLICY;
const folder = new URL("../../fixtures/plans/", import.meta.url);
const fixtures = (["pass", "fail"] as const).flatMap((kind) =>
  readdirSync(new URL(`${kind}/`, folder)).map((name) => readFileSync(new URL(`${kind}/${name}`, folder), "utf8")),
);
const words = [...new Set(fixtures.flatMap((text) => text.split(/\s+/u)))];
const marks = [
  "#",
  "##",
  "-",
  "- [x]",
  "1.",
  ">",
  "```",
  "<!--",
  "-->",
  "|",
  "|---|",
  "**",
  "~~",
  "<details>",
  "<summary>",
  "\n",
  "\n\n",
  "    ",
  "\r\n",
  "{",
  "[",
  '"',
  "\u200b",
  "\u202e",
  "→",
];
const markdown = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...words) },
      { weight: 2, arbitrary: fc.constantFrom(...marks) },
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(" "));

const grade = (body: string) =>
  gradePlan({ body, identity: "a/b#1", rubric: backendReliability, thresholds, openItems: "show", tools: [] });

describe("any text", () => {
  test("is graded without a throw, deterministically and within its own lines", () => {
    fc.assert(
      fc.property(markdown, (body) => {
        const graded = grade(body);
        expect(grade(body)).toEqual(graded);
        const lines = body.split(/\r\n|\r|\n/u).length;
        expect(graded.items.every((item) => item.line >= 1 && item.line <= lines)).toBe(true);
        expect(graded.items.every((item) => item.counted === (item.whyNot === undefined))).toBe(true);
        expect(planEdits(graded, backendReliability, thresholds, 2)).toBeInstanceOf(Array);
      }),
      { numRuns: 150 },
    );
  });
  test("is judged as an item and searched for red flags without a throw", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(judgeItem(text, backendReliability, []).numbers).toBeInstanceOf(Array);
        expect(findRedFlags({ title: text, body: text, comments: [] }, [backendReliability]).length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 150 },
    );
  });
});

test("a prepared pattern matches what it was made from, and the quick look never rules it out", () => {
  const patterns = [
    ...WHOLE_TEXT_SIGNS.map((sign) => sign.pattern),
    ...backendReliability.requirements.flatMap((one) => one.cues.map((cue) => cue.pattern)),
    ...(backendReliability.elsewhere ?? []).map((cue) => cue.pattern),
  ];
  const set = preparePatterns(patterns);
  const texts = [...fixtures.flatMap((text) => text.toLowerCase().split("\n")), "`cargo clippy --workspace` clean"];
  for (const text of new Set(texts)) {
    const candidates = findCandidates(set, text);
    for (const [place, pattern] of patterns.entries())
      if (pattern.test(text))
        expect(candidates.includes(place) && set.patterns[place]?.test(text), `${pattern.source} on ${text}`).toBe(true);
  }
});

test("many items are judged as each alone is", () => {
  const texts = fixtures.flatMap((text) => text.split("\n").filter((line) => /^\s*[-*] /u.test(line))).slice(0, 600);
  expect(texts.length).toBeGreaterThan(300);
  const together = judgeItems(
    texts.map((text) => ({ text, context: "Retries" })),
    backendReliability,
    [],
  );
  expect(together).toEqual(texts.map((text) => judgeItem(text, backendReliability, [], { context: "Retries" })));
});

describe("hostile sizes", () => {
  const long = 65_536;
  test.each([
    ["spaces", `- ${" ".repeat(long)}x`],
    ["one word", `## Security\n- ${"a".repeat(long)}`],
    ["brackets", `- ${"[".repeat(long)}`],
    ["stars", `${"*".repeat(long)}`],
    ["backticks", `- ${"`".repeat(long)}`],
    ["pipes", `${"|".repeat(long)}\n${"|-".repeat(long / 2)}`],
    ["opened comments", "<!--".repeat(long / 4)],
    ["digits", `- ${"1 ".repeat(long / 2)}`],
    ["tildes", `- ${"~~a".repeat(long / 3)}`],
    ["nested lists", Array.from({ length: 400 }, (_, depth) => `${" ".repeat(depth)}- item ${depth}`).join("\n")],
    ["deep JSON", `\`\`\`json\n${"[".repeat(long / 2)}${"]".repeat(long / 2)}\n\`\`\``],
    ["open details", "<details><summary></summary>\n".repeat(2000)],
    ["headings", "# a\n".repeat(long / 4)],
  ])("64 KB of %s take less than a second of work", (_, body) => {
    const started = process.cpuUsage();
    grade(body);
    findRedFlags({ title: "", body, comments: [] }, [backendReliability]);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  });
  test("four times the text takes about four times as long", () => {
    const plan = fixtures.join("\n").slice(0, 60_000);
    const time = (body: string): number => {
      const started = process.cpuUsage();
      grade(body);
      return process.cpuUsage(started).user / 1000;
    };
    time(plan);
    const one = Math.max(time(plan), 5);
    expect(time(plan.repeat(4))).toBeLessThan(one * 16);
  });
});
