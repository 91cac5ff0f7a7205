import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalApp, startLocalApp } from "./support/app/start-local-app.ts";
import { readStoryFiles, readStoryText } from "./support/demo/story-files.ts";
import type { Person } from "./support/github/person.ts";

// What nobody may accept alone of a change to payments, from two comments on GitHub to both check runs, over HTTP.
let app: LocalApp;
let opened = 0;

beforeAll(async () => {
  app = await startLocalApp();
  app.github.createOrganization("acme", { dana: "admin", eli: "admin", ana: "admin", ben: "member" }, "write");
  app.github.installApp("acme");
});

afterAll(() => app.stop());

const BASE = readStoryFiles("berth-payments", "base");
const CAREFUL = readStoryFiles("berth-payments", "careful");
const CARELESS = readStoryFiles("berth-payments", "careless");
const PLANS = `${readStoryText("berth-payments", "payment-plan.md")}\n${readStoryText("berth-payments", "backend-plan.md")}`;
const WITHOUT_CARDS = PLANS.split("\n")
  .filter((line) => !line.includes("Stripe Elements"))
  .join("\n");

const DATE = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const formOf = (login: string) =>
  `/accept-risk\nretrofit date: ${DATE}\nbudget: 2 engineer-weeks\naccepted by: @${login}\ninterim mitigation: 10 charges per minute, 24/7 on-call by @ben`;
/** GitHub's times are whole seconds: what must come later has to wait for the next. */
const nextSecond = () => delay(1000 - (Date.now() % 1000) + 5);

interface Pull {
  readonly repo: string;
  readonly number: number;
  readonly head: string;
  readonly ana: Person;
}

async function openPull(changes: Readonly<Record<string, string>>, body: string): Promise<Pull> {
  const repo = `acme/berths-${(opened += 1)}`;
  await app.github.createRepository({ repo, files: BASE });
  const ana = app.github.as("ana");
  const head = await ana.push(repo, { branch: "change", changes, message: "Change" });
  const number = await ana.openPullRequest({ repo, head: "change", title: "Pay for a berth", body });
  await app.idle();
  await nextSecond();
  return { repo, number, head, ana };
}

const RUNS = ["Backend reliability", "Payment operations"] as const;

/** Conclusions and texts of both runs of the head, once nothing is left to do. */
async function checks({ repo, head }: Pull) {
  await app.idle();
  const [general, payments] = await Promise.all(RUNS.map((name) => app.completedRun(repo, head, { name })));
  return {
    conclusions: [general?.conclusion, payments?.conclusion],
    general: { title: general?.output.title ?? "", summary: general?.output.summary ?? "" },
    payments: { title: payments?.output.title ?? "", summary: payments?.output.summary ?? "" },
  };
}

const sign = (pull: Pull, login: string) => app.github.as(login).comment(pull.repo, pull.number, formOf(login));

describe("a payment plan that says nothing of card data", () => {
  test("stays blocked under one signature and says who else is needed; the second opens it", async () => {
    const pull = await openPull(CAREFUL, WITHOUT_CARDS);
    expect((await checks(pull)).conclusions).toEqual(["failure", "failure"]);
    sign(pull, "dana");
    const first = await checks(pull);
    expect(first.conclusions).toEqual(["failure", "failure"]);
    for (const { summary } of [first.general, first.payments]) {
      expect(summary).toContain("### Needs a second signature");
      expect(summary).toMatch(/no specific item for card.data.*signed by `@dana` alone/u);
      expect(summary).toMatch(/Another of .* has to sign as well/u);
    }
    sign(pull, "eli");
    const second = await checks(pull);
    expect(second.conclusions).toEqual(["neutral", "neutral"]);
    expect(second.general.title).toContain("@dana");
    expect(second.general.title).toContain("@eli");
    expect(second.general.summary).not.toContain("Needs a second signature");
  });

  test("is not opened by the same person twice", async () => {
    const pull = await openPull(CAREFUL, WITHOUT_CARDS);
    sign(pull, "dana");
    await checks(pull);
    await nextSecond();
    sign(pull, "dana");
    expect((await checks(pull)).conclusions).toEqual(["failure", "failure"]);
  });

  test("is not opened by the author as the second, admin or not", async () => {
    const pull = await openPull(CAREFUL, WITHOUT_CARDS);
    sign(pull, "dana");
    sign(pull, "ana");
    const run = await checks(pull);
    expect(run.conclusions).toEqual(["failure", "failure"]);
    expect(run.general.summary).toContain("signed by `@dana` alone");
  });

  test("nor by somebody who decides nothing", async () => {
    const pull = await openPull(CAREFUL, WITHOUT_CARDS);
    sign(pull, "dana");
    sign(pull, "ben");
    expect((await checks(pull)).conclusions).toEqual(["failure", "failure"]);
  });

  test("is blocked again when one of the two takes it back", async () => {
    const pull = await openPull(CAREFUL, WITHOUT_CARDS);
    sign(pull, "dana");
    sign(pull, "eli");
    expect((await checks(pull)).conclusions).toEqual(["neutral", "neutral"]);
    await nextSecond();
    app.github.as("dana").comment(pull.repo, pull.number, "/accept-risk withdraw");
    const run = await checks(pull);
    expect(run.conclusions).toEqual(["failure", "failure"]);
    expect(run.general.summary).toContain("signed by `@eli` alone");
  });
});

describe("a charge without a key and a webhook that proves nothing", () => {
  test("need two signers, beside what one may sign for", async () => {
    const pull = await openPull(CARELESS, PLANS);
    expect((await checks(pull)).conclusions).toEqual(["failure", "failure"]);
    sign(pull, "eli");
    const { conclusions, general } = await checks(pull);
    expect(conclusions).toEqual(["failure", "failure"]);
    const [, half = ""] = general.summary.split("### Needs a second signature");
    expect(half).toContain("checkout.ts");
    expect(half).toContain("idempotencyKey");
    expect(half).not.toContain("names the price");
    sign(pull, "dana");
    expect((await checks(pull)).conclusions).toEqual(["neutral", "neutral"]);
  });
});
