import { expect, test } from "vitest";
import type { EarnedPlanStore } from "../src/model/earned-plan.ts";
import type { CheckRun } from "../src/model/check-run.ts";
import type { Publisher } from "../src/model/publisher.ts";
import type { ReviewStore } from "../src/model/review-store.ts";
import type { Review, VerdictName } from "../src/model/review.ts";
import { retractClosed } from "../src/retract-closed.ts";
import { buildReview } from "./support/database/build-review.ts";

const REF = { installationId: 1, repo: "acme/api", number: 7 };
const HEAD = "a".repeat(40);
const OLD = "b".repeat(40);
const reviewOf = (verdict: VerdictName, headSha = HEAD): Review => buildReview({ number: 7, headSha, verdict });

/** The runs that are written when pull request 7 is closed: "name conclusion commit". */
async function writtenAtClose(
  newest: Review | null,
  { accepted = [], sharedWith = [] }: { accepted?: Review[]; sharedWith?: string[] } = {},
) {
  const written: string[] = [];
  const publisher = {
    publishCheckRun: async (_ref: unknown, sha: string, run: CheckRun) => {
      expect(run.onlyInPlaceOfAnother).toBe("own");
      written.push(`${run.name}: ${run.conclusion} ${sha.slice(0, 1)}`);
      return null;
    },
  } as unknown as Publisher; // only what it meets
  const reviews = {
    loadReview: async () => newest,
    loadOpenedReviews: async () => accepted,
    forgetOpened: async () => {},
    findNumbersOfHead: async () => [REF.number],
    loadReviewsOfHead: async (_repo: string, sha: string) => (sharedWith.includes(sha) ? [buildReview({ number: 8, headSha: sha })] : []),
  } as unknown as ReviewStore; // only what it meets
  const plans = { deleteEarnedPlan: async () => {} } as unknown as EarnedPlanStore; // only what it meets
  await retractClosed(REF, HEAD, { publisher, reviews, plans });
  return written;
}

const BOTH_AT_HEAD = ["Backend reliability: cancelled a", "Payment operations: cancelled a"];

test.each<[VerdictName, readonly string[]]>([
  ["passed", BOTH_AT_HEAD],
  ["risk-accepted", BOTH_AT_HEAD],
  ["not-applicable", BOTH_AT_HEAD],
  ["observed", BOTH_AT_HEAD],
  ["blocked", BOTH_AT_HEAD],
])("a closed pull request that was judged %s has taken back: %j", async (verdict, expected) => {
  expect(await writtenAtClose(reviewOf(verdict))).toEqual(expected);
});

test("what an acceptance opened on an older commit is taken back as well", async () => {
  expect(await writtenAtClose(null, { accepted: [reviewOf("risk-accepted", OLD)] })).toEqual([
    "Backend reliability: cancelled b",
    "Payment operations: cancelled b",
  ]);
});

test("a commit that another open pull request has is left to that one", async () => {
  expect(await writtenAtClose(reviewOf("passed"), { sharedWith: [HEAD] })).toEqual([]);
});
