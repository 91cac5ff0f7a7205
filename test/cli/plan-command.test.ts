import { describe, expect, it } from "vitest";
import { PLAN } from "./build-inputs.ts";
import { item, plan } from "./contract.ts";
import { runCli } from "./run-cli.ts";

const LENIENT = "thresholds:\n  numbers-percent: 0\n  tools-percent: 0\n  outcomes-percent: 0\n  unsure-percent: 100\n";

const sections = ["Fault Tolerance", "Error Handling", "Data Integrity", "Security", "Observability"];

/** A plan that is complete in number and vague in every item. */
const VAGUE = PLAN.replaceAll(
  /^(\s*- \[.\] )(.*)$/gm,
  (_, marker: string, text: string) => `${marker}${text.replaceAll(/[^A-Za-z ]/g, "").split(" ")[0]} all of it`,
);

describe("plan FILE", () => {
  it("grades a description alone: points 7 and 8 are not judged", async () => {
    const run = await runCli(["plan", "-", "--format", "json"], { input: PLAN });
    const { points, items } = plan.parse(JSON.parse(run.stdout));
    expect(points.boxes.map(({ id, earned }) => [id, earned === null])).toEqual([
      ["total-items", false],
      ["section-items", false],
      ["concrete-numbers", false],
      ["specific-tools", false],
      ["measurable-outcomes", false],
      ["specificity-checkpoint", false],
      ["payment-operations", true],
      ["diff", true],
    ]);
    expect(points).toMatchObject({ outOf: 8, passing: 7, points: points.boxes.filter(({ earned }) => earned === true).length });
    expect(items.length).toBeGreaterThanOrEqual(25);
    expect(run.code).toBe(points.passed ? 0 : 1);
  });

  it("passes with points 1 and 2 and three of 3 to 6, and ends with 0", async () => {
    const run = await runCli(["plan", "fixtures/pulls/carrier-quotes/specific-plan.md", "--policy", "-", "--format", "json"], {
      input: LENIENT,
    });
    const { points } = plan.parse(JSON.parse(run.stdout));
    const earned = points.boxes.filter((box) => box.earned === true).map(({ id }) => id);
    expect(earned).toEqual(
      expect.arrayContaining(["total-items", "section-items", "concrete-numbers", "specific-tools", "measurable-outcomes"]),
    );
    expect([points.passed, run.code]).toEqual([true, 0]);
  });

  it.each([
    ["one item too few", PLAN.replace(/^\s*- \[.\] .*\n/m, "")],
    ["a vague plan", VAGUE],
    ["no plan", sections.map((section) => `## ${section}\n`).join("")],
  ])("does not pass with %s, and ends with 1", async (_, input) => {
    const run = await runCli(["plan", "-", "--format", "json"], { input });
    expect([plan.parse(JSON.parse(run.stdout)).points.passed, run.code]).toEqual([false, 1]);
  });

  it("writes text, Markdown and SARIF", async () => {
    const [text, markdown, sarif] = await Promise.all(
      ["text", "markdown", "sarif"].map((format) =>
        runCli(["plan", "-", "--format", format], {
          input: "## Security\n- [ ] Helmet sets the security headers of every answer that the orders service sends\n",
        }),
      ),
    );
    expect(text?.stdout).toContain("The plan does not pass yet.");
    expect(markdown?.stdout).toContain("**The plan does not pass yet.**");
    const results = (JSON.parse(sarif?.stdout ?? "") as { runs: { results: { ruleId: string }[] }[] }).runs[0]?.results ?? []; // asserted on below
    expect(results.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(["total-items", "item-is-specific"]));
    expect(results).toContainEqual(
      expect.objectContaining({
        ruleId: "item-is-specific",
        locations: [expect.objectContaining({ physicalLocation: expect.objectContaining({ region: { startLine: 2 } }) })],
      }),
    );
  });

  it("refuses what is no text in one line", async () => {
    const run = await runCli(["plan", "-"], { input: Buffer.from("größe", "latin1") });
    expect(run).toEqual({ code: 2, stdout: "", stderr: 'error: plan "-": expected UTF-8 text\n' });
  });
});

describe("plan --items FILE", () => {
  it("judges each line alone, in order, with an error in the place of a bad one", async () => {
    const lines = [
      '{"id":"a","text":"Opossum: 5 failures/10s threshold, 30s reset, fallback to cached data"}',
      '{"text":"Add error handling"}',
      '{"id":"c"}',
      "nonsense",
      '{"id":"e","text":""}',
    ];
    const run = await runCli(["plan", "--items", "-"], { input: lines.join("\n") });
    const answers = run.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>); // every line is an object: the tests below read its keys
    expect(answers.map(({ id, error }) => [id, error !== undefined])).toEqual([
      ["a", false],
      [undefined, false],
      ["c", true],
      [undefined, true],
      ["e", false],
    ]);
    expect(answers[2]).toEqual({ id: "c", error: "line 3: text: expected a string, found nothing" });
    expect(item.parse(answers[0])).toMatchObject({ tools: ["Opossum"], counted: true });
    expect(item.parse(answers[1])).toMatchObject({ specific: false, missing: ["numbers", "tools", "outcome"] });
    expect([run.code, run.stderr]).toEqual([2, ""]);
  });

  it("ends with 0 when every line was judged", async () => {
    const run = await runCli(["plan", "--items", "-"], { input: '{"text":"pino logs at INFO"}\n' });
    expect([run.code, run.stdout.split("\n").length]).toEqual([0, 2]);
  });

  it("refuses a file that is not there", async () => {
    const run = await runCli(["plan", "--items", "none.jsonl"]);
    expect(run).toEqual({
      code: 2,
      stdout: "",
      stderr: 'error: plan --items "none.jsonl": expected a file that can be read: there is none\n',
    });
  });
});
