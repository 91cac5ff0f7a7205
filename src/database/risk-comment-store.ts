import type { RiskCommentStore } from "../model/risk-register.ts";
import type { Database } from "./database.ts";

/** Comments of one pull request that are read again for a review. GitHub closes a conversation at 2,500. */
const MOST_COMMENTS = 2500;

/** Which comments hold forms, signatures and withdrawals, in the database. */
export function createRiskCommentStore({ db }: Database): RiskCommentStore {
  return {
    async saveRiskComment(ref, comment) {
      const values = { number: ref.number, node_id: comment.nodeId };
      await db
        .insertInto("risk_comment")
        .values({ repo: ref.repo, source: comment.source, comment_id: comment.commentId, ...values })
        .onConflict((conflict) => conflict.columns(["repo", "source", "comment_id"]).doUpdateSet(values))
        .execute();
    },

    async loadRiskComments(repo, number) {
      const rows = await db
        .selectFrom("risk_comment")
        .where("repo", "=", repo)
        .where("number", "=", number)
        .orderBy("comment_id", "desc")
        .limit(MOST_COMMENTS)
        .select(["source", "comment_id", "node_id"])
        .execute();
      return rows.map((row) => ({ source: row.source, commentId: row.comment_id, nodeId: row.node_id })).toReversed();
    },
  };
}
