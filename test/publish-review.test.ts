import { beforeEach, expect, test } from "vitest";
import type { Judged, ReviewPorts } from "../src/judge-pull-request.ts";
import type { CheckRun } from "../src/model/check-run.ts";
import type { Review } from "../src/model/review.ts";
import { publishReview } from "../src/publish-review.ts";
import { buildReview } from "./support/database/build-review.ts";

const HEAD = "a".repeat(40);
const JOB = { kind: "review", installationId: 1, repo: "acme/api", number: 1, headSha: null, deliveryId: "d", cause: "push" } as const;
const reviewOf = (number: number, verdict: Review["verdict"], second: number): Review & { headSha: string } => ({
  ...buildReview({ number, headSha: HEAD }),
  headSha: HEAD,
  verdict,
  reviewedAt: `2026-11-20T10:00:0${second}Z`,
});

const OWN = reviewOf(1, "passed", 1);
const published: CheckRun[] = [];
/** After how many publications the head counted as open no more. */
const forgotten: number[] = [];
beforeEach(() => {
  published.splice(0);
  forgotten.splice(0);
});

/** Publishes pull request 1, passed, while `meanwhile` happens to the reviews of its head at each publication. */
async function publishWhile(
  before: readonly Review[],
  meanwhile: (publication: number) => readonly Review[] | null,
): Promise<readonly CheckRun[]> {
  let ofHead: readonly Review[] = before.some(({ number }) => number === 1) ? before : [OWN, ...before];
  const ports = {
    publisher: {
      async publishCheckRun(_ref: unknown, _sha: string, run: CheckRun) {
        if (run.name !== "Backend reliability") return null;
        published.push(run);
        ofHead = meanwhile(published.length) ?? ofHead;
        return { url: "https://github.example/runs/1", shownSince: null };
      },
      publishStickyComment: async () => {},
    },
    shown: { saveShown: async () => {} },
    reviews: {
      loadReviewsOfHead: async () => ofHead,
      loadOpenedReviews: async () => [],
      forgetOpened: async () => void forgotten.push(published.length),
    },
  } as unknown as ReviewPorts; // only what publishing meets
  const judged: Judged = { review: OWN, counted: [], policyChange: undefined };
  await publishReview(JOB, judged, ports);
  return published;
}

test("a pull request that alone has its head is published once", async () => {
  expect((await publishWhile([], () => null)).map(({ conclusion }) => conclusion)).toEqual(["success"]);
});

test("another with the same head that is judged while this one is published has its verdict carried all the same", async () => {
  const runs = await publishWhile([reviewOf(2, "passed", 0)], () => [OWN, reviewOf(2, "blocked", 2)]);
  expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success", "failure"]);
});

test("nothing stands open any more once GitHub has taken a run that blocks, and not before", async () => {
  await publishWhile([reviewOf(2, "passed", 0)], () => [OWN, reviewOf(2, "blocked", 2)]);
  expect(forgotten).toEqual([2]);
});

test("one that first appears while this one is published counts too", async () => {
  const runs = await publishWhile([], () => [OWN, reviewOf(2, "blocked", 2)]);
  expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success", "failure"]);
});

test("a head whose verdict never comes to rest is left to the next try, not said to be done", async () => {
  await expect(
    publishWhile([], (publication) => [OWN, reviewOf(2, publication % 2 === 0 ? "blocked" : "undetermined", publication)]),
  ).rejects.toThrow("judged by several at once");
});

test("a process that was overtaken while it judged writes nothing over the later verdict", async () => {
  await expect(publishWhile([reviewOf(1, "blocked", 5)], () => null)).rejects.toThrow("judged again meanwhile");
  expect(published).toEqual([]);
});

test("one that was overtaken while it wrote leaves it to the next try, and so does one whose pull request is elsewhere", async () => {
  await expect(publishWhile([], () => [reviewOf(1, "blocked", 5)])).rejects.toThrow("judged again meanwhile");
  await expect(publishWhile([], () => [reviewOf(2, "passed", 0)])).rejects.toThrow("judged again meanwhile");
});

test("a later review with the same result stops nobody", async () => {
  expect(await publishWhile([], () => [reviewOf(1, "passed", 5)])).toHaveLength(1);
});
