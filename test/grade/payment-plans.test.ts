import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import { neverAloneBox } from "../../src/judge/grade-points.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import type { Rubric } from "../../src/rubrics/rubric.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";
import { paymentOperations } from "../../src/rubrics/payment-operations/index.ts";

const root = new URL("../../fixtures/plans/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const namesIn = (folder: string) => readdirSync(new URL(folder, root)).toSorted();

const thresholds = DEFAULT_POLICY.paymentThresholds;
const options = { identity: "acme/harbour#7", thresholds, openItems: "show", tools: [] } as const;
const gradeFor = (body: string, rubric: Rubric, neighbour: Rubric) => gradePlan({ ...options, body, rubric, neighbour });

/** The points that the text alone decides, the seventh with them, that are not earned. */
function unearned(body: string): readonly string[] {
  const plan = gradeFor(body, paymentOperations, backendReliability);
  return [...plan.boxes, neverAloneBox(plan.items, paymentOperations)].filter((box) => !box.earned).map((box) => box.id);
}

describe("a specific payment plan", () => {
  it.each(namesIn("payments-pass/"))("%s earns every point", (name) => {
    expect(unearned(read(`payments-pass/${name}`))).toEqual([]);
  });
});

/** The point that a plan must miss, whatever else it misses. */
const MISSES: Readonly<Record<string, string>> = {
  "backend-plan-only.md": "total-items",
  "blanks-not-filled-in.md": "concrete-numbers",
  "deferred.md": "total-items",
  "in-a-code-fence.md": "total-items",
  "in-a-comment.md": "total-items",
  "no-cardholder-section.md": "section-items",
  "no-idempotent-charges.md": "never-alone",
  "no-item-about-card-data.md": "never-alone",
  "only-14-items.md": "total-items",
  "same-item-again.md": "section-items",
  "sections-swapped.md": "section-items",
  "struck-through.md": "total-items",
  "two-items-about-the-ledger.md": "section-items",
  "vague-items.md": "concrete-numbers",
  "vague-webhook-signature.md": "never-alone",
};

describe("a payment plan that is none", () => {
  it.each(namesIn("payments-fail/"))("%s misses its point", (name) => {
    expect(unearned(read(`payments-fail/${name}`))).toContain(MISSES[name]);
  });

  it("misses no more than the one point where only a never-alone item is absent", () => {
    expect(unearned(read("payments-fail/no-item-about-card-data.md"))).toEqual(["never-alone"]);
  });
});

describe("two plans in one description", () => {
  it.each(["stripe-berths.with-backend-plan.md", "braintree-rails.after-backend-plan.md"])("%s earns both", (name) => {
    const plan = gradePlan({
      ...options,
      body: read(`payments-pass/${name}`),
      thresholds: DEFAULT_POLICY.thresholds,
      rubric: backendReliability,
      neighbour: paymentOperations,
    });
    expect(plan.boxes.filter((box) => !box.earned)).toEqual([]);
  });

  const item = (text: string, heading: string) => gradeFor(`## ${heading}\n\n- ${text}\n`, paymentOperations, backendReliability).items[0];

  it("counts an item under the other plan's heading only where it truly serves", () => {
    const charge = "Idempotency-Key on POST /charges: Redis keeps key and answer 24h; a repeat returns the first charge";
    expect(item(charge, "Data Integrity")).toMatchObject({ counted: true, section: "exactly-once", requirement: "charge-idempotency" });
    const profile = "Idempotency-Key on POST /profiles: Redis keeps key and answer 24h; a repeat returns the first profile";
    expect(item(profile, "Data Integrity")).toMatchObject({ counted: false, whyNot: "under a heading of Backend Reliability" });
    expect(item(charge, "Summary")).toMatchObject({ counted: false, whyNot: "not under a section of the plan" });
  });

  it("takes no item of the other plan for one that it only brushes", () => {
    const brushes = "Grafana panel of checkout latency: p95 below 800 ms, above it Slack is told";
    expect(item(brushes, "Observability")).toMatchObject({ counted: false, whyNot: "under a heading of Backend Reliability" });
  });

  it("reads a heading by its longest name, with words beside it", () => {
    const body = "## Payment operations plan\n\n- LaunchDarkly kill switch stops charges in 30s, then 503\n";
    expect(gradeFor(body, paymentOperations, backendReliability).items[0]).toMatchObject({ counted: true, section: "payment-operations" });
    expect(gradeFor(body, backendReliability, paymentOperations).items[0]).toMatchObject({ counted: false });
  });

  it("ends a plan where the other's heading begins, also below a title that names the whole", () => {
    const body = "# Payment operations\n\n## Fault Tolerance\n\n- Opossum opens after 5 failures in 10s, then a cached answer\n";
    expect(gradeFor(body, paymentOperations, backendReliability).items.filter(({ counted }) => counted)).toEqual([]);
    expect(gradeFor(body, backendReliability, paymentOperations).items.filter(({ counted }) => counted)).toHaveLength(1);
  });

  it("serves with an item what is nested below it", () => {
    const body =
      "## Data Integrity\n\n- [ ] Idempotency keys for charges:\n  - Stripe Idempotency-Key kept 24h in Redis\n  - a repeat returns the first charge\n";
    const items = gradeFor(body, paymentOperations, backendReliability).items.filter(({ counted }) => counted);
    expect(items).toMatchObject([{ section: "exactly-once", specific: true }]);
  });
});
