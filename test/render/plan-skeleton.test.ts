import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { PAYMENT_SECTIONS } from "../../src/model/requirement-id.ts";
import type { Operation } from "../../src/model/operation.ts";
import { byteLength, LIMITS } from "../../src/render/limits.ts";
import { renderPlanSkeleton, renderPlanSkeletonComment } from "../../src/render/plan-skeleton.ts";
import { SKELETON_PHRASES } from "../../src/render/skeleton-phrases.ts";
import type { Review } from "../../src/model/review.ts";
import { paymentOperations } from "../../src/rubrics/payment-operations/index.ts";
import { fillingsOf, fillLine } from "../support/skeleton-fillings.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import type { Rubric } from "../../src/rubrics/rubric.ts";
import { buildReview } from "../support/build-review.ts";
import { buildRequirement, buildRubric } from "../support/build-rubric.ts";
import { buildHostileText } from "../support/hostile-text.ts";
import { findNodes, outlineOf, parseMarkdown } from "../support/parse-markdown.ts";
import * as stories from "../support/review-stories.ts";

const rubric = buildRubric();
const render = (operations: readonly Operation[]) => renderPlanSkeleton(buildReview({ operations }), rubric);
const itemsOf = (skeleton: string) => skeleton.split("\n").filter((line) => line.startsWith("- "));
const call = (line: number): Operation => ({ kind: "outbound-call", name: `fetch(u${line})`, path: "src/a.ts", line });

/** Operations as a diff shows them. */
const EXAMPLES: Readonly<Record<Operation["kind"], readonly string[]>> = {
  "outbound-call": ["fetch(url)", "axios.post(callbackUrl)"],
  "database-query": ["select from trails", "prisma.order.findMany"],
  "database-write": ["insert into forecasts", "update trails", "delete from forecasts"],
  route: ["POST /tracks", "GET /tracks/:id", "DELETE /tracks/:id", "PUT /tracks/:id", "PATCH /tracks/:id"],
  queue: ['trackQueue.add("import")', 'consumer Worker("tracks")'],
  schedule: ['schedule "0 3 * * *"', 'schedule "*/5 * * * *"'],
  server: ["HTTP server", "http.ListenAndServe"],
  payment: ["stripe.paymentIntents.create()", "stripe.refunds.create()"],
  migration: ["table forecasts", "table audit_log"],
};

describe("renderPlanSkeleton", () => {
  it("has the five sections in order, with five items or more each", () => {
    for (const operations of [[], stories.blocked.operations]) {
      const skeleton = render(operations);
      const sections = skeleton.split(/^## /m).slice(1);
      expect(sections.map((section) => section.split("\n")[0])).toEqual(rubric.sections.map((section) => section.title));
      for (const section of sections) expect(itemsOf(section).length).toBeGreaterThanOrEqual(5);
    }
  });

  it("leaves a blank in every item, and no number of its own", () => {
    for (const item of itemsOf(render(stories.blocked.operations))) {
      expect(item).toMatch(/^- \[ \] .* __(?: |$)/);
      expect(item.replaceAll(/`[^`]*`|P\d\d|v4|and \d+ more/g, "")).not.toMatch(/\d/);
    }
  });

  it("shows its blanks: Markdown takes none of them for emphasis", () => {
    const nodes = findNodes(parseMarkdown(render(stories.blocked.operations)));
    expect(nodes.filter((node) => node.type === "strong" || node.type === "emphasis")).toEqual([]);
  });

  it("names every operation with its place", () => {
    const skeleton = render(stories.blocked.operations);
    for (const { name, path, line } of stories.blocked.operations) expect(skeleton).toContain(`\`${name}\` (\`${path}:${line}\`)`);
  });

  it("asks the requirement's question where the diff gives no ground", () => {
    expect(render([])).toContain("- [ ] timeouts: What does this change do about timeouts? __");
    expect(render([call(27)])).toContain("- [ ] timeouts: `fetch(u27)` - waits at most __ s");
    expect(render([call(27)])).not.toContain("What does this change do about timeouts");
  });

  it("names up to four operations with their places where they come first, and counts the others", () => {
    const items = itemsOf(render(Array.from({ length: 40 }, (_, index) => call(index + 1))));
    const places = [1, 2, 3, 4].map((line) => `\`fetch(u${line})\` (\`src/a.ts:${line}\`)`).join(", ");
    expect(items.filter((item) => item.includes("fetch(u"))).toEqual([
      expect.stringContaining(`- [ ] circuit breaker: ${places} and 36 more, each - opens after __`),
      expect.stringContaining("- [ ] retries: `fetch(u1)` and 39 more, each - tried __ times"),
      expect.stringContaining("- [ ] timeouts: `fetch(u1)` and 39 more, each - waits at most __ s"),
      expect.stringContaining("- [ ] degradation: `fetch(u1)` and 39 more, each - "),
      expect.stringContaining("- [ ] tracing: `fetch(u1)` and 39 more, each - "),
    ]);
  });

  it("names in one item what a table's making and its writing ask for alike", () => {
    const skeleton = render([
      { kind: "migration", name: "table tracks", path: "m/2.sql", line: 1 },
      { kind: "database-write", name: "update tracks", path: "src/a.ts", line: 9 },
    ]);
    expect(skeleton).toContain("retention: `table tracks` (`m/2.sql:1`) and 1 more, each - rows are purged after");
  });

  it("asks no new table for its batches, and no server without routes for the ids of requests", () => {
    const skeleton = render([
      { kind: "migration", name: "table tracks", path: "m/2.sql", line: 1 },
      { kind: "server", name: "HTTP server", path: "src/worker.ts", line: 22 },
    ]);
    expect(skeleton).toContain("- [ ] transactions: What does this change do about transactions? __");
    expect(skeleton).toContain("- [ ] correlation ids: What does this change do about correlation ids? __");
  });

  it.each([
    ["POST /refunds", true],
    ["DELETE /refunds/:id", true],
    ["GET /refunds", false],
    ["get /refunds", false],
    ["HEAD /refunds", false],
  ])("asks for idempotency of %s: %s", (name, asked) => {
    expect(render([{ kind: "route", name, path: "a.ts", line: 1 }]).includes("a repeated request within")).toBe(asked);
  });

  it("names each payment once under the payment rubric", () => {
    const payments: Rubric = {
      ...rubric,
      id: "payment-operations",
      sections: PAYMENT_SECTIONS.map((id) => ({ id, title: id, synonyms: [] })),
      requirements: (["charge-idempotency", "unknown-outcome"] as const).map((id) => buildRequirement(id, "exactly-once", id)),
    };
    const operations = Array.from({ length: 5 }, (_, line): Operation => ({
      kind: "payment",
      name: `charge ${line}`,
      path: "pay.ts",
      line: line + 1,
    }));
    const items = itemsOf(renderPlanSkeleton(buildReview({ operations }), payments));
    expect(items.filter((item) => item.startsWith("- [ ] charge-idempotency: `charge 0`"))).toHaveLength(1);
    expect(items.filter((item) => item.startsWith("- [ ] unknown-outcome:"))).toHaveLength(1);
  });

  it("keeps its structure whatever the code is called", () => {
    const outline = (text: string) =>
      JSON.stringify(outlineOf(parseMarkdown(render([{ kind: "route", name: `x${text}`, path: `y${text}`, line: 3 }]))));
    const harmless = outline("word");
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        expect(outline(text)).toBe(harmless);
      }),
      { numRuns: 60 },
    );
  });

  it("fits a comment when the diff is huge", () => {
    const operations = Array.from({ length: 4000 }, (_, line): Operation => ({
      kind: "route",
      name: `POST /${"漢".repeat(50)}`,
      path: "a.ts",
      line,
    }));
    const skeleton = render(operations);
    expect(byteLength(renderPlanSkeletonComment(buildReview({ operations }), rubric))).toBeLessThanOrEqual(LIMITS.commentBytes);
    expect(skeleton).toMatch(/ and 3999 more, each - checks __/);
    expect(skeleton.match(/^## /gm)).toHaveLength(5);
  });
});

describe("the skeleton pasted unchanged", () => {
  it.each([
    ["made from a diff", stories.blocked],
    ["made of questions alone", stories.deferred],
  ])("cannot pass when it is %s", (_, review) => {
    const body = renderPlanSkeleton(review, backendReliability);
    const { items, boxes } = gradePlan({
      body,
      identity: "harbour/parcels#7",
      rubric: backendReliability,
      thresholds: DEFAULT_POLICY.thresholds,
      openItems: "show",
      tools: [],
    });
    expect(items.filter((item) => item.counted && item.specific)).toEqual([]);
    // Without these three, no sum of the other five reaches the seven points that pass.
    const lost = ["concrete-numbers", "specific-tools", "specificity-checkpoint"];
    expect(boxes.filter((box) => lost.includes(box.id)).map((box) => box.earned)).toEqual([false, false, false]);
  });
});

describe("the skeleton filled in", () => {
  const operations: readonly Operation[] = Object.keys(SKELETON_PHRASES).flatMap(
    (kind) =>
      EXAMPLES[kind as Operation["kind"]].map((name, line) => ({
        kind: kind as Operation["kind"],
        name,
        path: "src/a.ts",
        line: line + 1,
      })), // keys of the record
  );
  const answers = (review: Review, ...rubrics: readonly Rubric[]): string => {
    const examples = rubrics.flatMap(({ requirements }) =>
      requirements.map(({ question, goodExample }) => [question, goodExample] as const),
    );
    return renderPlanSkeleton(review, backendReliability)
      .split("\n")
      .map((line) => fillLine(line, examples.find(([question]) => line.includes(`: ${question} __`))?.[1] ?? ""))
      .join("\n");
  };
  const grade = (body: string, rubric: Rubric) =>
    gradePlan({
      body,
      identity: "harbour/parcels#7",
      rubric,
      thresholds: DEFAULT_POLICY.thresholds,
      openItems: "show",
      tools: [],
    });

  it.each([
    ["many operations of every kind", operations],
    ["one operation of every kind", operations.filter(({ line }) => line === 1)],
    ["no operation", []],
    ["a worker", operations.filter(({ kind }) => ["queue", "server", "database-write", "migration", "outbound-call"].includes(kind))],
  ])("counts in every line and earns every point with %s", (_, found) => {
    const plan = answers(buildReview({ operations: found }), backendReliability);
    expect(plan).not.toContain("__");
    const { items, boxes } = grade(plan, backendReliability);
    expect(items.filter((item) => !item.counted || !item.specific).map((item) => [item.text, item.whyNot, item.missing])).toEqual([]);
    expect(boxes.map((box) => box.earned).slice(0, 6)).toEqual(Array.from({ length: 6 }, () => true));
  });

  it("is read line by line as its label says", () => {
    const labels = new Map(backendReliability.requirements.map(({ label, id }) => [label, id]));
    const { items } = grade(answers(buildReview({ operations }), backendReliability), backendReliability);
    for (const item of items) expect([item.text, item.requirement]).toEqual([item.text, labels.get(item.text.split(":")[0] ?? "")]);
  });

  it("counts in every line of the payment plan too", () => {
    const payments = { touched: true, score: 9, evidence: [] };
    const plan = answers(buildReview({ operations, payments }), backendReliability, paymentOperations);
    for (const rubric of [backendReliability, paymentOperations]) {
      const { items } = grade(plan, rubric);
      const own = items.filter((item) => item.section !== null);
      expect(own.length).toBeGreaterThanOrEqual(rubric.requirements.length);
      expect(own.filter((item) => !item.counted || !item.specific).map((item) => [item.text, item.whyNot, item.missing])).toEqual([]);
    }
  });
});

describe("the phrases", () => {
  const phrases = Object.values(SKELETON_PHRASES).flat();

  it.each(Object.entries(SKELETON_PHRASES).flatMap(([kind, own]) => own.map(([id, phrase]) => [kind, id, phrase] as const)))(
    "%s, %s: has a filling for each blank",
    (kind, id, phrase) => {
      expect(fillingsOf(kind, id)).toHaveLength(` ${phrase} `.split(" __ ").length - 1);
    },
  );

  it.each(phrases)("%s: %s - leaves at least two blanks with a space on both sides", (_, phrase) => {
    expect(` ${phrase} `.split(" __ ").length).toBeGreaterThan(2);
    expect(phrase.replaceAll(/(?:^| )__(?= |$)/g, "")).not.toContain("_");
  });
});

describe("renderPlanSkeletonComment", () => {
  it("wraps the plan in a fence that nothing in it closes", () => {
    const review = buildReview({ operations: [{ kind: "route", name: "POST /`````x", path: "a.ts", line: 1 }] });
    const blocks = parseMarkdown(renderPlanSkeletonComment(review, rubric)).children;
    expect(blocks.map((block) => block.type)).toEqual(["paragraph", "code"]);
    expect(blocks[1]).toMatchObject({ lang: "markdown", value: renderPlanSkeleton(review, rubric).trimEnd() });
  });
});

describe("the skeleton of a pull request that touches payments", () => {
  const charge: Operation = { kind: "payment", name: "stripe.paymentIntents.create(...)", path: "src/pay.ts", line: 4 };
  const touched = { touched: true, score: 9, evidence: [] };

  it("asks for the payment plan first, and no less for the other", () => {
    const plan = renderPlanSkeleton(buildReview({ operations: [charge], payments: touched }), backendReliability);
    const headings = plan.split("\n").filter((line) => line.startsWith("## "));
    expect(headings.slice(0, 5)).toEqual(["## Exactly Once", "## Money", "## Ledger", "## Cardholder Security", "## Payment Operations"]);
    expect(headings).toHaveLength(10);
    expect(plan).toContain("- [ ] idempotent charges: `stripe.paymentIntents.create(...)` (`src/pay.ts:4`)");
  });

  it("asks for no key where the provider is only read", () => {
    const read = { ...charge, name: "stripe.paymentIntents.retrieve(id)" };
    const plan = renderPlanSkeleton(buildReview({ operations: [read], payments: touched }), backendReliability);
    expect(plan).toContain("- [ ] idempotent charges: Which key makes each create");
  });

  it("says nothing of payments elsewhere", () => {
    expect(renderPlanSkeleton(buildReview({ operations: [charge] }), backendReliability)).not.toContain("## Money");
  });
});
