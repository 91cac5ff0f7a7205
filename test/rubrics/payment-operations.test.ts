import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeItem } from "../../src/grade/judge-item.ts";
import { PAYMENT_REQUIREMENTS, PAYMENT_SECTIONS } from "../../src/model/requirement-id.ts";
import { paymentOperations } from "../../src/rubrics/payment-operations/index.ts";

const { requirements, sections, neverAlone } = paymentOperations;
const folder = join(import.meta.dirname, "../../src/rubrics/payment-operations");

describe("the payment rubric", () => {
  it("has its sections and requirements in reading order, each once", () => {
    expect(sections.map(({ id }) => id)).toEqual([...PAYMENT_SECTIONS]);
    expect(requirements.map(({ id }) => id)).toEqual([...PAYMENT_REQUIREMENTS]);
    expect(neverAlone).toEqual(["charge-idempotency", "card-data", "webhook-signature"]);
  });

  it.each(requirements.map((one) => [one.id, one] as const))("%s stands in the file of its name", (id, one) => {
    expect(readFileSync(join(folder, one.section, id, `${id}.ts`), "utf8")).toContain(`id: "${id}"`);
  });

  it.each(requirements.map((one) => [one.id, one] as const))("%s: its good example is specific, its bad one is not", (id, one) => {
    const good = judgeItem(one.goodExample, paymentOperations, []);
    expect({ requirement: good.requirement, missing: good.missing, unsure: good.unsure }).toEqual({
      requirement: id,
      missing: [],
      unsure: [],
    });
    const bad = judgeItem(one.badExample, paymentOperations, []);
    expect({ requirement: bad.requirement, specific: bad.specific }).toEqual({ requirement: id, specific: false });
  });

  it.each<[string, string]>([
    ["charge-idempotency", "A request that was seen under this key gets the stored answer again"],
    ["charge-idempotency", "Two identical requests at once: the second waits for the first and gets its result"],
    ["unknown-outcome", "If the call fails midway we poll Adyen to find out the real status"],
    ["unknown-outcome", "A worker finishes payments that lost the response, by asking for them by reference"],
    ["payment-event-dedupe", "The webhook consumer is idempotent on the delivery"],
    ["payment-event-dedupe", "Idempotent handlers for every provider notification"],
    ["reconciliation", "A nightly job compares our books with the bank statement"],
    ["reconciliation", "Three-way match of orders, provider and payout report, mismatches go to finance"],
    ["payment-states", "created -> authorised -> captured -> refunded, anything else is refused"],
    ["payment-keys", "No live key in git; environment variables come from the deployment"],
    ["webhook-signature", "The webhook secret is compared in constant time"],
    ["payment-alerts", "Monitoring of failed payouts"],
    ["payment-runbook", "During an outage: contact the provider, switch the banner on"],
  ])("%s is meant by: %s", (id, text) => {
    expect(judgeItem(text, paymentOperations, []).requirement).toBe(id);
  });

  it.each(requirements.map((one) => [one.id, one] as const))("%s: the advice completes an item of few words", (_id, one) => {
    const hints = one.hints;
    const completed = `${one.badExample} (${hints?.tools.example}): ${hints?.numbers.example}; ${hints?.outcome.example}`;
    expect(judgeItem(completed, paymentOperations, []).missing).toEqual([]);
  });
});
