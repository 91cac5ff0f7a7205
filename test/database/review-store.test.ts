import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { createReviewStore } from "../../src/database/review-store.ts";
import type { ReviewStore } from "../../src/model/review-store.ts";
import { buildReview } from "../support/database/build-review.ts";
import { describeOnBothDatabases } from "../support/database/test-databases.ts";

const HEAD = "1".repeat(40);
const OTHER_HEAD = "2".repeat(40);

describeOnBothDatabases("review store", (databases) => {
  let database: Database;
  let reviews: ReviewStore;
  beforeAll(async () => {
    database = await openDatabase(await databases.migrated(), pino({ level: "silent" }));
    reviews = createReviewStore(database);
  });
  afterAll(() => database.close());

  let repo = "";
  let count = 0;
  beforeEach(() => {
    repo = `acme/api-${++count}`;
  });
  const pull = (number: number) => ({ installationId: 7_000_000_000, repo, number });
  const save = (number: number, headSha: string, reviewedAt: string, why = `#${number} at ${reviewedAt}`) =>
    reviews.saveReview(pull(number), buildReview({ number, headSha, reviewedAt, why }));
  const whysOfHead = async (headSha: string) => (await reviews.loadReviewsOfHead(repo, headSha)).map((review) => review.why);

  it("gives back exactly the review that was saved, hostile characters and key order included", async () => {
    const review = buildReview({ headSha: HEAD, why: "nul \0, lone surrogate \ud800, bidi \u202e, 'quote' \"\\u0000\"" });
    await reviews.saveReview(pull(1), review);
    expect(JSON.stringify(await reviews.loadReviewsOfHead(repo, HEAD))).toBe(JSON.stringify([review]));
  });

  it("gives the reviews of every open pull request that shares the head, and of no other repository", async () => {
    await save(2, HEAD, "2027-01-10T09:00:00Z", "second");
    await save(1, HEAD, "2027-01-10T09:00:00Z", "first");
    await reviews.saveReview({ ...pull(1), repo: `${repo}-web` }, buildReview({ headSha: HEAD, why: "elsewhere" }));
    expect(await whysOfHead(HEAD)).toEqual(["first", "second"]);
  });

  it("keeps the newest review of a head, in whatever order they are saved", async () => {
    await save(1, HEAD, "2027-01-10T09:05:00Z", "newer");
    await save(1, HEAD, "2027-01-10T09:00:00Z", "older");
    expect(await whysOfHead(HEAD)).toEqual(["newer"]);
    await save(1, HEAD, "2027-01-10T09:10:00Z", "newest");
    expect(await whysOfHead(HEAD)).toEqual(["newest"]);
  });

  it("forgets a head that the pull request has left for a newer one, but keeps its review", async () => {
    await save(1, HEAD, "2027-01-10T09:00:00Z", "left");
    await save(1, OTHER_HEAD, "2027-01-10T09:05:00Z", "present");
    expect(await whysOfHead(HEAD)).toEqual([]);
    expect(await whysOfHead(OTHER_HEAD)).toEqual(["present"]);
    expect((await reviews.loadReview(repo, 1, HEAD))?.why).toBe("left");
  });

  it("does not let the late review of an older head bring that head back", async () => {
    await save(1, OTHER_HEAD, "2027-01-10T09:05:00Z");
    await save(1, HEAD, "2027-01-10T09:00:00Z");
    expect(await whysOfHead(HEAD)).toEqual([]);
    expect(await whysOfHead(OTHER_HEAD)).toHaveLength(1);
  });

  it("follows a pull request back to a head it had before", async () => {
    await save(1, HEAD, "2027-01-10T09:00:00Z");
    await save(1, OTHER_HEAD, "2027-01-10T09:05:00Z");
    await save(1, HEAD, "2027-01-10T09:10:00Z");
    expect(await whysOfHead(HEAD)).toHaveLength(1);
    expect(await whysOfHead(OTHER_HEAD)).toEqual([]);
  });

  it("leaves a closed pull request out, also when a review that began before is saved after", async () => {
    await save(1, HEAD, "2020-01-10T09:00:00Z");
    await reviews.closePullRequest(pull(1));
    expect(await whysOfHead(HEAD)).toEqual([]);
    await save(1, HEAD, "2020-01-10T09:05:00Z");
    expect(await whysOfHead(HEAD)).toEqual([]);
  });

  it("leaves out a pull request whose closing is all that was seen before its review is saved", async () => {
    await reviews.closePullRequest(pull(1));
    await save(1, HEAD, "2020-01-10T09:00:00Z");
    expect(await whysOfHead(HEAD)).toEqual([]);
  });

  it("counts a closed pull request again once it is reviewed after its closing", async () => {
    await save(1, HEAD, "2020-01-10T09:00:00Z");
    await reviews.closePullRequest(pull(1));
    await save(1, HEAD, new Date(Date.now() + 60_000).toISOString(), "reopened");
    expect(await whysOfHead(HEAD)).toEqual(["reopened"]);
  });

  it("forgets what is old, but never an open pull request's present head or one that an acceptance let pass", async () => {
    const old = "2026-01-10T09:00:00Z";
    await save(1, HEAD, old);
    await save(2, HEAD, old);
    await save(2, OTHER_HEAD, "2026-01-11T09:00:00Z");
    await reviews.saveReview(pull(3), buildReview({ number: 3, headSha: HEAD, reviewedAt: old, verdict: "risk-accepted" }));
    await save(3, OTHER_HEAD, "2026-01-11T09:00:00Z");
    await save(4, HEAD, old);
    await reviews.closePullRequest(pull(4));
    await save(5, HEAD, "2027-01-10T09:00:00Z");
    await reviews.closePullRequest(pull(5));
    await reviews.deleteReviewsBefore("2026-06-01T00:00:00Z");
    const kept = await Promise.all([1, 2, 3, 4, 5].map(async (number) => (await reviews.loadReview(repo, number, HEAD)) !== null));
    expect(kept).toEqual([true, false, true, false, true]);
    await reviews.closePullRequest(pull(1));
    expect(await reviews.deleteReviewsBefore("2026-06-01T00:00:00Z")).toBe(1);
  });

  it("remembers what an acceptance opened until GitHub has taken a run that blocks, whatever was judged meanwhile", async () => {
    const opened = async () => (await reviews.loadOpenedReviews(repo, 1)).map(({ headSha, verdict }) => [headSha, verdict]);
    const accepted = buildReview({ number: 1, headSha: HEAD, reviewedAt: "2026-01-10T09:00:00Z", verdict: "risk-accepted" });
    await reviews.saveReview(pull(1), accepted);
    await save(1, HEAD, "2026-01-10T09:01:00Z");
    await save(1, OTHER_HEAD, "2026-01-10T09:02:00Z");
    expect(await opened()).toEqual([[HEAD, "passed"]]);
    expect(await reviews.deleteReviewsBefore("2026-06-01T00:00:00Z")).toBe(0);
    await reviews.forgetOpened(pull(1), OTHER_HEAD);
    expect(await opened()).toHaveLength(1);
    await reviews.forgetOpened(pull(1), HEAD);
    expect(await opened()).toEqual([]);
    await reviews.saveReview(pull(1), { ...accepted, reviewedAt: "2026-01-10T09:03:00Z" });
    expect(await opened()).toEqual([[HEAD, "risk-accepted"]]);
  });

  it("has no review of a head that was never reviewed", async () => {
    expect(await reviews.loadReview(repo, 1, HEAD)).toBeNull();
  });

  it("refuses a review without a head", async () => {
    await expect(reviews.saveReview(pull(1), buildReview({ headSha: null }))).rejects.toThrow("#1 without a head SHA");
  });
});
