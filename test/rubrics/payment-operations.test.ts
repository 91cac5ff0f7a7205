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

  it.each(requirements.map((one) => [one.id, one] as const))("%s: the advice completes an item of few words", (_id, one) => {
    const hints = one.hints;
    const completed = `${one.badExample} (${hints?.tools.example}): ${hints?.numbers.example}; ${hints?.outcome.example}`;
    expect(judgeItem(completed, paymentOperations, []).missing).toEqual([]);
  });
});
