import given from "@octokit/webhooks-examples";
import { beforeAll, describe, expect, test } from "vitest";
import { createApp, isActedOn } from "../src/app.ts";
import { readEnvironment } from "../src/environment.ts";
import { POLICY_PATH } from "../src/fetch/github/fetch-policy.ts";
import { createGitHubApp } from "../src/github/create-probot.ts";
import type { Job } from "../src/model/job.ts";
import { createLogger } from "../src/telemetry/logger.ts";
import { readAppManifest } from "./support/app/read-app-manifest.ts";
import { describedWebhooks } from "./support/github/conformance/description.ts";
import { startGitHub } from "./support/github/start-github.ts";

// Payloads as GitHub sent them, through the app: from Probot to the recorded job.
interface Payload {
  readonly action?: string;
  readonly [field: string]: unknown;
}

const examples = given as unknown as readonly { readonly name: string; readonly examples: readonly Payload[] }[]; // its types wrap the list once too often
const sent = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ event: name, name: payload.action === undefined ? name : `${name}.${payload.action}`, payload })),
);

/** GitHub's payload of that event and action; an example that it does not give is made of a sister's. */
function example(name: string): Payload {
  const [event, action] = name.split(".");
  const found = sent.find((one) => one.name === name) ?? sent.find((one) => one.event === event);
  return { ...found?.payload, ...(action === undefined ? {} : { action }) };
}

const within = (payload: Payload, field: string, change: object) => ({ ...payload, [field]: { ...Object(payload[field]), ...change } });
const onPull = (payload: Payload) => within(payload, "issue", { pull_request: {} });
const command = (field: string) => (payload: Payload) => within(payload, field, { body: "/accept-risk" });
const button = (payload: Payload) =>
  within({ ...payload, requested_action: { identifier: "risk-form" } }, "check_run", { external_id: "pull-request-7" });
const policyPush = (payload: Payload) =>
  within({ ...payload, ref: "refs/heads/main", commits: [{ modified: [POLICY_PATH] }] }, "repository", { default_branch: "main" });
const asSent = (payload: Payload) => payload;

/** Event and action, what an example needs to ask for something, and what kind of job it asks for. */
const ASKED: readonly (readonly [string, (payload: Payload) => Payload, Job["kind"]])[] = [
  ["pull_request.opened", asSent, "review"],
  ["pull_request.reopened", asSent, "review"],
  ["pull_request.synchronize", asSent, "review"],
  ["pull_request.edited", (payload) => ({ ...payload, changes: { body: { from: "" } } }), "review"],
  ["pull_request.ready_for_review", asSent, "review"],
  ["pull_request.closed", asSent, "review"],
  ["check_run.rerequested", asSent, "head"],
  ["check_run.requested_action", button, "reply"],
  ["check_suite.requested", (payload) => within(payload, "check_suite", { pull_requests: [{ number: 7 }] }), "review"],
  ["check_suite.rerequested", asSent, "review"],
  ["issue_comment.created", (payload) => command("comment")(onPull(payload)), "comment"],
  ["issue_comment.edited", onPull, "comment"],
  ["issue_comment.deleted", onPull, "comment"],
  ["pull_request_review.submitted", command("review"), "comment"],
  ["pull_request_review.edited", asSent, "comment"],
  ["pull_request_review.dismissed", asSent, "comment"],
  ["pull_request_review_comment.created", command("comment"), "comment"],
  ["pull_request_review_comment.edited", asSent, "comment"],
  ["pull_request_review_comment.deleted", asSent, "comment"],
  ["merge_group.checks_requested", asSent, "merge-group"],
  ["push", policyPush, "policy"],
  ["installation.created", asSent, "repository"],
  ["installation.deleted", asSent, "repository"],
  ["installation.suspend", asSent, "repository"],
  ["installation.unsuspend", asSent, "repository"],
  ["installation.new_permissions_accepted", asSent, "repository"],
  ["installation_repositories.added", asSent, "repository"],
  ["installation_repositories.removed", asSent, "repository"],
  ["repository.renamed", asSent, "repository"],
  ["repository.transferred", asSent, "repository"],
  ["repository.deleted", asSent, "repository"],
  ["repository.edited", (payload) => ({ ...payload, changes: { default_branch: { from: "main" } } }), "policy"],
  ["member.added", asSent, "signers"],
  ["member.edited", asSent, "signers"],
  ["member.removed", asSent, "signers"],
  ["membership.added", asSent, "signers"],
  ["membership.removed", asSent, "signers"],
  ["organization.member_removed", (payload) => ({ ...payload, membership: { user: { id: 7 } } }), "signers"],
  ["team.added_to_repository", asSent, "signers"],
  ["team.created", asSent, "signers"],
  ["team.deleted", asSent, "signers"],
  ["team.edited", asSent, "signers"],
  ["team.removed_from_repository", asSent, "signers"],
];

let receive: (name: string, payload: Payload) => Promise<readonly Job["kind"][]>;

beforeAll(async () => {
  const github = await startGitHub();
  const reading = readEnvironment({ APP_ID: "1", PRIVATE_KEY: github.app.privateKey, WEBHOOK_SECRET: github.app.webhookSecret });
  await github.close();
  if (reading.kind !== "ready") throw new Error(JSON.stringify(reading));
  const log = createLogger("silent");
  receive = async (name, payload) => {
    const kinds: Job["kind"][] = [];
    const recordDelivery = (_id: string, _event: string, job: Job | null) => {
      if (job) kinds.push(job.kind);
      return Promise.resolve("accepted" as const);
    };
    const deliveries = { recordDelivery, deleteDeliveriesBefore: () => Promise.resolve(0) };
    const pushes = { savePush: () => Promise.resolve(), loadPushes: () => Promise.resolve([]) };
    const probot = createGitHubApp(reading.environment, log);
    await probot.load(createApp({ appId: ownAppId(payload), deliveries, pushes, log, onDelivery: () => {} }));
    // Payloads of hooks that no app receives carry no installation; an app's always do (GitHub docs, webhooks).
    const delivery = { id: "d-1", name: name.split(".")[0], payload: { installation: { id: 1 }, ...payload } };
    await probot.receive(delivery as unknown as Parameters<typeof probot.receive>[0]); // GitHub's own example
    return kinds;
  };
});

/** A check run concerns the app that made it. */
function ownAppId(payload: Payload): number {
  const { app } = Object(payload["check_run"]) as { readonly app?: { readonly id: number } }; // GitHub's own example
  return app?.id ?? 1;
}

describe("GitHub's payload asks for one job", () => {
  test.each(ASKED)("%s", async (name, change, kind) => {
    expect(await receive(name, change(example(name)))).toEqual([kind]);
  });

  test("for every event and action that we act on, and for no other that GitHub describes", () => {
    const acted = [...describedWebhooks().keys()].filter(isActedOn);
    expect(acted.toSorted()).toEqual(ASKED.map(([name]) => name).toSorted());
  });
});

test("app.yml listens to every event that we act on, but for those that every app hears of", async () => {
  const acted = new Set(ASKED.map(([name]) => name.split(".")[0]).filter((event) => !event?.startsWith("installation")));
  expect((await readAppManifest()).events.toSorted()).toEqual([...acted].toSorted());
});

test("what we do not act on asks for nothing", async () => {
  const others = sent.filter(({ name }) => !isActedOn(name));
  expect(others.length).toBeGreaterThan(50);
  for (const { name, payload } of others) expect([name, await receive(name, payload)]).toEqual([name, []]);
});
