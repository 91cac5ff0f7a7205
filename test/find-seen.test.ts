import { setTimeout as delay } from "node:timers/promises";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createReviewStore } from "../src/database/review-store.ts";
import { createShownShortfallStore } from "../src/database/shown-shortfall-store.ts";
import { createStickyCommentStore } from "../src/database/sticky-comment-store.ts";
import { findSeen, type SeenPorts } from "../src/find-seen.ts";
import type { Shortfall } from "../src/model/acceptance.ts";
import type { Review } from "../src/model/review.ts";
import { createPublisher } from "../src/publish/create-publisher.ts";
import { renderCheckRun } from "../src/render/check-run.ts";
import { describeShown } from "../src/risks/shown.ts";
import { buildReview } from "./support/database/build-review.ts";
import { openStore } from "./support/database/open-store.ts";
import { describeOnBothDatabases } from "./support/database/test-databases.ts";
import type { LocalGitHub } from "./support/github/local-github.ts";
import { startGitHub } from "./support/github/start-github.ts";

const REPO = "acme/api";
const shortfall = (fingerprint: string): Shortfall => ({ id: "min-items", fingerprint, detail: fingerprint, signersNeeded: 1 });
const later = (ms: number) => new Date(Date.now() + ms).toISOString();

// What a signer can have seen is what GitHub showed, whether or not its answer reached us. A real database, and HTTP.
describeOnBothDatabases("what a signer can have seen", (databases) => {
  let database: Database;
  let close: () => Promise<void>;
  let github: LocalGitHub;
  let ports: SeenPorts;
  let pulls = 0;
  let ref = { installationId: 1, repo: REPO, number: 0 };
  let headSha: string;

  beforeAll(async () => {
    ({ database, close } = await openStore(databases));
    github = await startGitHub();
    github.createOrganization("acme", { ana: "admin" });
    await github.createRepository({ repo: REPO });
    github.installApp("acme");
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const client = new Octokit({ baseUrl: github.url, auth: github.actAsApp(github.app, "acme"), log });
    ports = {
      shown: createShownShortfallStore(database),
      reviews: createReviewStore(database),
      publisher: createPublisher(async () => client, github.app.id, createStickyCommentStore(database)),
    };
  });
  beforeEach(async () => {
    ref = { ...ref, number: (pulls += 1) };
    headSha = await github
      .as("ana")
      .push(REPO, { branch: `b${pulls}`, changes: { "src/a.ts": `export const a = ${pulls};\n` }, message: "Change" });
  });
  afterAll(async () => {
    await github.close();
    await close();
  });

  /** Judged and saved, and GitHub took the check; nothing was remembered of that. */
  async function publishUnremembered(...fingerprints: readonly string[]): Promise<Review> {
    const review: Review = { ...buildReview({ number: ref.number, headSha }), shortfalls: fingerprints.map(shortfall) };
    await ports.reviews.saveReview(ref, review);
    await ports.publisher.publishCheckRun(ref, headSha, { ...renderCheckRun(review), shows: fingerprints });
    return review;
  }
  const seen = async (at: string, ...open: readonly string[]) =>
    (await findSeen(ref, { open: open.map(shortfall), base: undefined }, at, ports)).map(({ fingerprint }) => fingerprint);

  it("is what the check showed though we were stopped before remembering it, and nothing that came since", async () => {
    await publishUnremembered("a", "b");
    expect(await seen(later(1000), "a", "b", "c")).toEqual(["a", "b"]);
  });

  it("is nothing before the check, and nothing of a verdict that was never published", async () => {
    await publishUnremembered("a");
    expect(await seen(later(-5000), "a")).toEqual([]);
    await ports.reviews.saveReview(ref, {
      ...buildReview({ number: ref.number, headSha }),
      reviewedAt: later(1000),
      shortfalls: [shortfall("b")],
    });
    expect(await seen(later(5000), "b")).toEqual([]);
  });

  it("is nothing where the check was about another base branch, or named none", async () => {
    const review: Review = { ...buildReview({ number: ref.number, headSha }), base: "main", shortfalls: [shortfall("a")] };
    const askFor = async (base: string) => (await findSeen(ref, { open: review.shortfalls, base }, later(1000), ports)).length;
    await ports.shown.saveShown(ref, ["a"], null);
    expect(await askFor("main")).toBe(0);
    await ports.reviews.saveReview(ref, review);
    await ports.publisher.publishCheckRun(ref, headSha, { ...renderCheckRun(review), shows: describeShown(review) });
    await ports.shown.saveShown(ref, describeShown(review), null);
    expect([await askFor("main"), await askFor("release")]).toEqual([1, 0]);
  });

  it("is what an older head showed, once the pull request has moved on", async () => {
    await publishUnremembered("a");
    headSha = await github.as("ana").push(REPO, { branch: `b${pulls}`, changes: { "src/b.ts": "export {};\n" }, message: "Move on" });
    await ports.reviews.saveReview(ref, {
      ...buildReview({ number: ref.number, headSha }),
      reviewedAt: later(1000),
      shortfalls: [shortfall("a")],
    });
    expect(await seen(later(5000), "a")).toEqual(["a"]);
  });

  it("is what was remembered last, where that is newer than what GitHub shows", async () => {
    await publishUnremembered("a");
    await ports.shown.saveShown(ref, ["b"], later(2000));
    expect(await seen(later(5000), "a", "b")).toEqual(["b"]);
  });

  it("is kept from the first time that the check showed it, when the same is published again", async () => {
    const review = await publishUnremembered("a");
    const since = await ports.publisher.findShownSince(ref, headSha, { name: "Backend reliability", shows: ["a"] });
    // GitHub's times are whole seconds.
    await delay(1100);
    const again = await ports.publisher.publishCheckRun(ref, headSha, {
      ...renderCheckRun({ ...review, verdict: "undetermined" }),
      shows: ["a"],
    });
    expect(since).not.toBeNull();
    expect(again?.shownSince).toBe(since);
    const other = await ports.publisher.publishCheckRun(ref, headSha, { ...renderCheckRun(review), shows: ["b"] });
    expect(other?.shownSince).not.toBe(since);
  });

  it("is nothing that the check of another pull request showed on the same commit", async () => {
    const review = await publishUnremembered("a");
    const twin = { ...ref, number: ref.number + 1000 };
    expect(await ports.publisher.findShownSince(twin, headSha, { name: "Backend reliability", shows: ["a"] })).toBeNull();
    const own = await ports.publisher.findShownSince(ref, headSha, { name: "Backend reliability", shows: ["a"] });
    await delay(1100);
    const taken = await ports.publisher.publishCheckRun(twin, headSha, { ...renderCheckRun(review), shows: ["a"] });
    expect(taken?.shownSince).not.toBe(own);
  });
});
