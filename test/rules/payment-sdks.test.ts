import { expect, test } from "vitest";
import { PAYMENT_PROVIDERS } from "../../src/rubrics/syntax/payment-providers.ts";
import { loadPaymentSdkCases } from "../support/payment-sdk-cases.ts";

const cases = loadPaymentSdkCases();

test.each(cases.map((each) => [`${each.file}: ${each.call}`, each] as const))(
  "%s: right uses are left alone, wrong ones found",
  (_name, each) => {
    expect(each.astray).toEqual([]);
    expect(each.right.uses + each.wrong.uses).toBeGreaterThan(0);
  },
);

test.each(PAYMENT_PROVIDERS.map(({ name }) => [name] as const))("%s: calls and webhooks, right and wrong", (name) => {
  const own = cases.filter(({ provider }) => provider === name.toLowerCase());
  const webhooks = own.filter(({ file }) => file.includes("webhook"));
  for (const group of [own.filter((each) => !webhooks.includes(each)), webhooks]) {
    expect(group.some(({ right }) => right.uses > 0)).toBe(true);
    expect(group.some(({ wrong }) => wrong.uses > 0)).toBe(true);
  }
});
