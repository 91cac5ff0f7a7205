import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import type { GradedPlan } from "../../src/model/grade.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

function grade(body: string, more: { identity?: string; openItems?: "show" | "block"; tools?: readonly string[] } = {}): GradedPlan {
  return gradePlan({
    body,
    identity: "acme/shop#7",
    rubric: backendReliability,
    thresholds: DEFAULT_POLICY.thresholds,
    openItems: "show",
    tools: [],
    ...more,
  });
}

function passes(graded: GradedPlan): boolean {
  const earned = graded.boxes.filter((box) => box.earned === true).length;
  return graded.boxes.every((box) => box.earned === true || !box.mustEarn) && earned >= 5;
}

function read(path: string): string {
  return readFileSync(new URL(`../../fixtures/plans/${path}`, import.meta.url), "utf8");
}

function plansIn(folder: "pass" | "fail"): readonly string[] {
  return readdirSync(new URL(`../../fixtures/plans/${folder}/`, import.meta.url)).toSorted();
}

describe("whole plans", () => {
  test("there are at least 30 plans that must pass and 40 that must not", () => {
    expect(plansIn("pass").length).toBeGreaterThanOrEqual(30);
    expect(plansIn("fail").length).toBeGreaterThanOrEqual(40);
  });
  test.each(plansIn("pass"))("%s passes", (name) => {
    const graded = grade(read(`pass/${name}`));
    expect(graded.boxes.map((box) => `${box.id}: ${box.earned ? "earned" : box.detail}`).join("\n")).toBeTruthy();
    expect(passes(graded)).toBe(true);
  });
  test.each(plansIn("pass"))("%s passes whatever pull request draws from it", (name) => {
    const body = read(`pass/${name}`);
    const passed = Array.from({ length: 20 }, (_, number) => passes(grade(body, { identity: `acme/shop#${number}` }))).filter(
      Boolean,
    ).length;
    expect(passed).toBeGreaterThanOrEqual(17);
  });
  test.each(plansIn("fail"))("%s does not pass", (name) => {
    expect(passes(grade(read(`fail/${name}`)))).toBe(false);
  });
});

describe("the draw", () => {
  const body = read("pass/node-refunds.tasks.md");
  test("is the same for the same pull request and differs between pull requests", () => {
    expect(grade(body).draw).toEqual(grade(body).draw);
    const draws = new Set(Array.from({ length: 8 }, (_, number) => grade(body, { identity: `acme/shop#${number}` }).draw.join("|")));
    expect(draws.size).toBeGreaterThan(4);
  });
  test("is not rerolled by an edit of an item that was not drawn", () => {
    const before = grade(body);
    const other = before.items.find((item) => item.counted && !before.draw.includes(item.text));
    const after = grade(body.replace(other?.text ?? "", "Zod parses each webhook: an unknown type is answered with 400"));
    expect(before.draw.filter((text) => after.draw.includes(text)).length).toBeGreaterThanOrEqual(2);
  });
  test("is not rerolled by spacing, case or punctuation", () => {
    expect(grade(body.replaceAll(";", " ;")).draw.length).toBe(3);
    expect(grade(body.replaceAll("- [x]", "*")).draw).toEqual(grade(body).draw);
  });
});

describe("what does not count, and why", () => {
  const item = "Opossum opens after 5 failures in 10s, callers get the cached balance";
  test.each([
    [`~~${item}~~`, "struck through"],
    ["Should we add retries?", "a question"],
    ["Retries: TBD", "it puts the work off"],
    ["Rate limiting not needed here", "it says that this is not done"],
    ["Timeouts", "too short to be an item"],
    ["Redis timeout ___ ms, then 504", "a blank is not filled in"],
    ["This item is specific and must be counted", "speaks to the reviewer instead of about the change"],
    [backendReliability.requirements[0]?.goodExample ?? "", "a line of the template, unchanged"],
  ])("%s", (text, whyNot) => {
    const [read0] = grade(`## Fault tolerance\n- ${text}\n`).items;
    expect(read0).toMatchObject({ counted: false, whyNot });
  });
  test("an item outside the five sections", () => {
    expect(grade(`## Changes\n- ${item}\n`).items[0]).toMatchObject({ counted: false, whyNot: "not under a section of the plan" });
  });
  test("an open item, where the policy asks for ticks", () => {
    const body = `## Fault tolerance\n- [ ] ${item}\n- [x] axios gives up after 5s and the caller gets 504\n`;
    expect(grade(body, { openItems: "block" }).items.map((one) => one.whyNot)).toEqual(["not ticked", undefined]);
    expect(grade(body).items.every((one) => one.counted)).toBe(true);
  });
  test("a copy names the line that it repeats", () => {
    const graded = grade(`## Fault tolerance\n- ${item}\n- ${item.replace("5", "6")}\n`);
    expect(graded.items[1]).toMatchObject({ counted: false, whyNot: "says the same as line 2" });
  });
  test("an item that is code as a whole", () => {
    const [only, part] = grade(`## Fault tolerance\n- \`${item}\`\n- \`p-retry\` tries 3 times, then the caller gets 503\n`).items;
    expect(only).toMatchObject({ counted: false, whyNot: "code, not a sentence: write it without the backticks around the whole" });
    expect(part?.counted).toBe(true);
  });
  test("an item whose letters are drawn through one by one", () => {
    const drawn = item.replaceAll(/[a-z]/gu, (letter) => `${letter}\u0336`);
    expect(grade(`## Fault tolerance\n- ${drawn}\n`).items[0]).toMatchObject({ counted: false, whyNot: "struck through" });
  });
  test.each(["<div hidden>", '<span style="color:white">', "<template>"])("items below %s", (tag) => {
    const end = tag.replace(/^<([a-z]+).*/u, "</$1>");
    const [below, after] = grade(`## Fault tolerance\n${tag}\n\n- ${item}\n\n${end}\n\n- axios gives up after 5s, then 504\n`).items;
    expect(below).toMatchObject({ counted: false, whyNot: "hidden by HTML" });
    expect(after?.counted).toBe(true);
  });
});

describe("a requirement that does not apply", () => {
  const reasoned = (subject: string, n: number): string =>
    `- ${subject}: not needed, because ${subject.toLowerCase()} is one PutItem in DynamoDB; attempt ${n + 2} gets 409 after ${n + 1}s\n`;
  const subjects = ["Transactions", "Outbox", "Archive", "Audit trail", "Restore", "Sagas", "Locks"];
  test("counts when its reason has a number, a tool and an outcome", () => {
    const [one] = grade(`## Data integrity\n${reasoned("Transactions", 1)}`).items;
    expect(one).toMatchObject({ counted: true, specific: true, requirement: "transactions", missing: [] });
    expect(one).not.toHaveProperty("advice");
  });
  test.each(["Transactions: N/A", "Transactions: not needed", "Idempotency not applicable since the service is small"])(
    "%s does not",
    (text) => {
      expect(grade(`## Data integrity\n- ${text}\n`).items[0]).toMatchObject({
        counted: false,
        whyNot: expect.stringMatching(/^it says that this is not done/u) as string, // matchers are untyped
      });
    },
  );
  test("counts for as many items as there are sections", () => {
    const { items } = grade(`## Data integrity\n${subjects.map(reasoned).join("")}`);
    const beyond = items.filter((one) => one.whyNot === "more items than sections say that something is not needed");
    expect(beyond.map((one) => one.line)).toEqual([7, 8]);
  });
});

describe("points", () => {
  test("24 items lose only the first point's count, and it must be earned", () => {
    const graded = grade(read("fail/only-24-items.md"));
    expect(graded.boxes[0]).toMatchObject({ id: "total-items", earned: false, mustEarn: true, detail: "24 of 25" });
  });
  test("an empty description earns nothing", () => {
    expect(grade("").boxes.map((box) => box.earned)).toEqual([false, false, false, false, false, false]);
  });
  test("an organisation's own tool counts", () => {
    const body = "## Security\n- Gatehouse checks the key, a wrong one gets 401\n";
    expect(grade(body).items[0]?.missing).toEqual(["tools"]);
    expect(grade(body, { tools: ["Gatehouse"] }).items[0]?.tools).toEqual(["Gatehouse"]);
  });
  test("the six points keep their ids and order", () => {
    expect(grade("").boxes.map((box) => box.id)).toEqual([
      "total-items",
      "section-items",
      "concrete-numbers",
      "specific-tools",
      "measurable-outcomes",
      "specificity-checkpoint",
    ]);
  });
});
