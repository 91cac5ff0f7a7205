import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePullRequestInput } from "../src/fetch/from-json.ts";
import { inspectPullRequest } from "../src/inspect/inspect-pull-request.ts";
import type { Inspector } from "../src/model/inspector.ts";
import { renderPaymentCheckRun } from "../src/render/payment-check-run.ts";
import { reviewSnapshot } from "../src/review-snapshot.ts";
import { allRules } from "../src/rubrics/all-rules.ts";
import { paymentOperations } from "../src/rubrics/payment-operations/index.ts";

const inspector: Inspector = { inspect: async (pullRequest, items) => inspectPullRequest(pullRequest, items, allRules) };
const story = (name: string) => readFileSync(new URL(`../fixtures/pulls/berth-payments/${name}`, import.meta.url), "utf8");
const PATH = "src/payments/checkout.ts";
const NOW = "2026-11-20T12:00:00Z";
const plans = () => `${story("payment-plan.md")}\n${story("backend-plan.md")}`;

function review(folder: "careless" | "careful", body: string, more: object = {}) {
  const content = story(`${folder}/${PATH}`);
  const input = {
    repo: "acme/harbour",
    number: 7,
    title: "Pay for a berth",
    body,
    files: [{ path: PATH, status: "added", content }],
    ...more,
  };
  const pullRequest = parsePullRequestInput(input, { now: NOW });
  if ("error" in pullRequest) throw new Error(pullRequest.error);
  return reviewSnapshot(pullRequest, inspector);
}

const sign = (acceptedBy: string, fingerprints: readonly string[]) => ({
  acceptedBy,
  fingerprints,
  retrofitOn: "2026-12-15",
  engineerWeeks: 2,
  mitigation: "10 charges per minute, 24/7 on-call by @dana",
  signedAt: NOW,
  headSha: null,
  url: null,
});

describe("a pull request that takes money", () => {
  it("passes when both plans hold and the code keeps them", async () => {
    const { verdict, payments, grade, nextSteps } = await review("careful", plans());
    expect({ verdict, payments: payments.grade?.points, general: grade?.points, nextSteps }).toEqual({
      verdict: "passed",
      payments: 8,
      general: 8,
      nextSteps: [],
    });
    expect(payments.grid).toHaveLength(21);
    expect(payments.items?.filter((item) => item.counted).length).toBeGreaterThanOrEqual(15);
    expect(payments.draw).toHaveLength(3);
  });

  it("waits for the payment plan, however good the other is, and says first what that lacks", async () => {
    const { verdict, grade, payments, nextSteps } = await review("careful", story("backend-plan.md"));
    expect(verdict).toBe("blocked");
    expect(grade?.boxes.find((box) => box.id === "payment-operations")).toMatchObject({
      earned: false,
      detail: expect.stringContaining("waiting for Payment operations"),
    });
    expect(nextSteps.slice(0, payments.nextSteps?.length)).toEqual(payments.nextSteps);
    expect(payments.nextSteps?.[0]).toContain("Plan card data under **Cardholder Security**");
  });

  it("passes the payments and is blocked where only the other plan is missing", async () => {
    const result = await review("careful", story("payment-plan.md"));
    expect(result).toMatchObject({ verdict: "blocked", payments: { grade: { passed: true } }, grade: { passed: false } });
    expect(renderPaymentCheckRun(result, paymentOperations)).toMatchObject({ conclusion: "success", title: "8/8 - passed" });
  });

  it("counts payment findings in the payment grade alone, and names each once", async () => {
    const result = await review("careless", plans());
    const boxOf = (grade: typeof result.grade | undefined) => grade?.boxes.find((box) => box.id === "diff");
    expect([boxOf(result.payments.grade)?.earned, boxOf(result.grade)?.earned]).toEqual([false, true]);
    expect(new Set(result.nextSteps).size).toBe(result.nextSteps.length);
    expect(result.findings.filter((finding) => finding.severity === "blocking").map((finding) => finding.rule)).toEqual([
      "charge-has-idempotency-key",
      "amount-is-not-a-float",
      "price-comes-from-the-server",
      "webhook-verifies-its-signature",
    ]);
  });

  it("asks for no payment plan where the backend is not changed", async () => {
    const files = [{ path: "web/components/PriceLabel.tsx", status: "added", content: "export const PriceLabel = () => <b>Price</b>;\n" }];
    const { verdict, payments } = await review("careful", "", { title: "Show the price", files });
    expect({ verdict, payments }).toMatchObject({ verdict: "not-applicable", payments: { touched: false } });
  });
});

describe("what nobody may accept alone", () => {
  const withoutCards = () =>
    plans()
      .split("\n")
      .filter((line) => !line.includes("Stripe Elements"))
      .join("\n");

  it("is a shortfall of its own with two signers", async () => {
    const { shortfalls } = await review("careful", withoutCards());
    expect(shortfalls.map(({ id, signersNeeded, detail }) => [id, signersNeeded, detail])).toContainEqual([
      "never-alone",
      2,
      "never-alone: no specific item for card-data",
    ]);
  });

  it("stays blocked with one signer, the same one twice too, and is accepted by two", async () => {
    const { shortfalls } = await review("careful", withoutCards());
    const all = shortfalls.map(({ fingerprint }) => fingerprint);
    const signed = async (...names: readonly string[]) =>
      (await review("careful", withoutCards(), { acceptances: names.map((name) => sign(name, all)) })).verdict;
    expect(await signed("dana")).toBe("blocked");
    expect(await signed("dana", "Dana")).toBe("blocked");
    expect(await signed("dana", "erik")).toBe("risk-accepted");
  });

  it("is not covered by an acceptance that was given for another", async () => {
    const given = (await review("careful", withoutCards())).shortfalls.map(({ fingerprint }) => fingerprint);
    const worse = withoutCards()
      .split("\n")
      .filter((line) => !line.includes("constructEvent"))
      .join("\n");
    const acceptances = [sign("dana", given), sign("erik", given)];
    expect((await review("careful", worse, { acceptances })).verdict).toBe("blocked");
  });

  it("holds for findings of its rules as well", async () => {
    const { shortfalls } = await review("careless", plans());
    const signers = Object.fromEntries(shortfalls.map(({ id, signersNeeded }) => [id, signersNeeded]));
    expect(signers).toMatchObject({
      "charge-has-idempotency-key": 2,
      "webhook-verifies-its-signature": 2,
      "price-comes-from-the-server": 1,
    });
  });

  it("holds for putting one of them off, and for no other deferral", async () => {
    const later = `${plans()}\nWebhook signature verification will come in a follow-up PR.\n\nReconciliation next sprint.\n`;
    const { shortfalls, redFlags } = await review("careful", later);
    expect(redFlags.map(({ requirement, blocks }) => [requirement, blocks])).toEqual([
      ["webhook-signature", true],
      ["reconciliation", true],
    ]);
    expect(shortfalls.filter(({ id }) => id === "add-reliability-later").map(({ signersNeeded }) => signersNeeded)).toEqual([2, 1]);
  });
});
