import type { StickyCommentStore } from "../model/publisher.ts";
import type { Database } from "./database.ts";

/** Which comment is ours, in the database. */
export function createStickyCommentStore({ db }: Database): StickyCommentStore {
  return {
    async loadStickyComment(ref) {
      const row = await db
        .selectFrom("sticky_comment")
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .select(["comment_id", "removed"])
        .executeTakeFirst();
      return row ? { commentId: row.comment_id, removed: row.removed } : null;
    },

    async saveStickyComment(ref, commentId) {
      const values = { comment_id: commentId, removed: false, updated_at: new Date() };
      await db
        .insertInto("sticky_comment")
        .values({ repo: ref.repo, number: ref.number, ...values })
        .onConflict((conflict) => conflict.columns(["repo", "number"]).doUpdateSet(values))
        .execute();
    },

    async saveStickyCommentRemoved(ref) {
      await db
        .updateTable("sticky_comment")
        .set({ removed: true, updated_at: new Date() })
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .execute();
    },
  };
}
