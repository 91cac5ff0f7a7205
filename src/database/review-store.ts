import { sql } from "kysely";
import type { PullRequestRef } from "../model/job.ts";
import type { ReviewStore } from "../model/review-store.ts";
import type { Review } from "../model/review.ts";
import type { Database, Transaction } from "./database.ts";
import { savePullRequest } from "./pull-request-store.ts";

/** Heads of one pull request that an acceptance opened, and that are looked at again. */
const MOST_OPENED = 500;

async function insertReview(trx: Transaction, ref: PullRequestRef, headSha: string, review: Review): Promise<void> {
  const values = {
    installation_id: ref.installationId,
    verdict: review.verdict,
    review: JSON.stringify(review),
    reviewed_at: review.reviewedAt,
  };
  const opens = review.verdict === "risk-accepted";
  await trx
    .insertInto("review")
    .values({ repo: ref.repo, number: ref.number, head_sha: headSha, opened: opens, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(["repo", "number", "head_sha"])
        // What was opened stays so until GitHub has taken a run that blocks.
        .doUpdateSet(opens ? { ...values, opened: true } : values)
        .where(sql<boolean>`review.reviewed_at <= excluded.reviewed_at`),
    )
    .execute();
}

function headOf(ref: PullRequestRef, { headSha }: Review): string {
  if (headSha === null) throw new TypeError(`a review of ${ref.repo}#${ref.number} without a head SHA cannot be saved`);
  return headSha;
}

/** Reviews in the database. A review that took longer than a later one of the same head never replaces it. */
export function createReviewStore(database: Database): ReviewStore {
  return {
    async saveReview(ref, review) {
      const headSha = headOf(ref, review);
      await database.transact(async (trx) => {
        await insertReview(trx, ref, headSha, review);
        await savePullRequest(trx, ref, { headSha, state: "open", at: review.reviewedAt });
      });
    },

    async loadReviewsOfHead(repo, headSha) {
      const rows = await database.db
        .selectFrom("pull_request")
        .innerJoin("review", (join) =>
          join
            .onRef("review.repo", "=", "pull_request.repo")
            .onRef("review.number", "=", "pull_request.number")
            .onRef("review.head_sha", "=", "pull_request.head_sha"),
        )
        .where("pull_request.repo", "=", repo)
        .where("pull_request.head_sha", "=", headSha)
        .where("pull_request.state", "=", "open")
        .orderBy("review.number")
        .select("review.review")
        .execute();
      return rows.map((row) => row.review as Review); // written by saveReview alone
    },

    async loadReview(repo, number, headSha) {
      const row = await database.db
        .selectFrom("review")
        .where("repo", "=", repo)
        .where("number", "=", number)
        .where("head_sha", "=", headSha)
        .select("review")
        .executeTakeFirst();
      return row ? (row.review as Review) : null; // written by saveReview alone
    },

    async loadOpenedReviews(repo, number) {
      const rows = await database.db
        .selectFrom("review")
        .where("repo", "=", repo)
        .where("number", "=", number)
        .where("opened", "=", true)
        .orderBy("reviewed_at", "desc")
        .limit(MOST_OPENED)
        .select("review")
        .execute();
      return rows.map((row) => row.review as Review); // written by saveReview alone
    },

    async loadRecentReviews(repo, number, limit) {
      const rows = await database.db
        .selectFrom("review")
        .where("repo", "=", repo)
        .where("number", "=", number)
        .orderBy("reviewed_at", "desc")
        .limit(limit)
        .select("review")
        .execute();
      return rows.map((row) => row.review as Review); // written by saveReview alone
    },

    async deleteReviewsBefore(instant) {
      const { numDeletedRows } = await database.db
        .deleteFrom("review")
        .where("reviewed_at", "<", new Date(instant))
        .where("opened", "=", false)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("pull_request")
                .whereRef("pull_request.repo", "=", "review.repo")
                .whereRef("pull_request.number", "=", "review.number")
                .whereRef("pull_request.head_sha", "=", "review.head_sha")
                .where("pull_request.state", "=", "open")
                .select("pull_request.repo"),
            ),
          ),
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    async findNumbersOfHead(repo, headSha) {
      const rows = await database.db
        .selectFrom("review")
        .where("repo", "=", repo)
        .where("head_sha", "=", headSha)
        .orderBy("number")
        .select("number")
        .execute();
      return rows.map((row) => row.number);
    },

    async findOpened(repo, headSha) {
      const rows = await database.db
        .selectFrom("review")
        .where("repo", "=", repo)
        .where("head_sha", "=", headSha)
        .where("opened", "=", true)
        .orderBy("number")
        .select("number")
        .execute();
      return rows.map((row) => row.number);
    },

    async forgetOpened(ref, headSha) {
      await database.db
        .updateTable("review")
        .set({ opened: false })
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .where("head_sha", "=", headSha)
        .where("opened", "=", true)
        .execute();
    },

    saveOldReview: (ref, review) => database.transact((trx) => insertReview(trx, ref, headOf(ref, review), review)),

    closePullRequest: (ref) => savePullRequest(database.db, ref, { headSha: null, state: "closed", at: new Date().toISOString() }),
  };
}
