import { sql } from "kysely";
import type { AwaitedHeadStore } from "../model/recovery.ts";
import type { Database } from "./database.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Which commits got their check, in the database. */
export function createAwaitedHeadStore({ db }: Database): AwaitedHeadStore {
  return {
    async saveMergeGroup(ref, headSha) {
      await db
        .insertInto("awaited_head")
        .values({ repo: ref.repo, number: ref.number, head_sha: headSha, installation_id: ref.installationId, is_merge_group: true })
        .onConflict((conflict) => conflict.columns(["repo", "head_sha", "number"]).doNothing())
        .execute();
    },

    async saveFinished(ref, headSha) {
      const values = { installation_id: ref.installationId, finished_at: new Date() };
      await db
        .insertInto("awaited_head")
        .values({ repo: ref.repo, number: ref.number, head_sha: headSha, ...values })
        .onConflict((conflict) => conflict.columns(["repo", "head_sha", "number"]).doUpdateSet(values))
        .execute();
    },

    async findUnfinished(repo, heads, now) {
      if (heads.length === 0) return [];
      const rows = await db
        .selectFrom("awaited_head")
        .where("repo", "=", repo)
        .where("head_sha", "in", [...new Set(heads.map((head) => head.headSha))])
        .where((eb) => eb.or([eb("finished_at", "is not", null), eb("next_repair_at", ">", new Date(now))]))
        .select(["number", "head_sha"])
        .execute();
      const settled = new Set(rows.map((row) => `${row.number} ${row.head_sha}`));
      return heads.filter((head) => !settled.has(`${head.number} ${head.headSha}`));
    },

    async findUnfinishedMergeGroups(from, to, limit) {
      const rows = await db
        .selectFrom("awaited_head")
        .where("is_merge_group", "=", true)
        .where("finished_at", "is", null)
        .where("seen_at", ">=", new Date(from))
        .where("seen_at", "<", new Date(to))
        .where((eb) => eb.or([eb("next_repair_at", "is", null), eb("next_repair_at", "<=", new Date(to))]))
        .orderBy("seen_at")
        .limit(limit)
        .select(["repo", "number", "head_sha", "installation_id"])
        .execute();
      return rows.map((row) => ({ repo: row.repo, number: row.number, headSha: row.head_sha, installationId: row.installation_id }));
    },

    async findRecentMergeGroups({ repo, number }) {
      const rows = await db
        .selectFrom("awaited_head")
        .where("repo", "=", repo)
        .where("number", "=", number)
        .where("is_merge_group", "=", true)
        .where("seen_at", ">", sql<Date>`now() - interval '6 hours'`)
        .select("head_sha")
        .execute();
      return rows.map((row) => row.head_sha);
    },

    async saveRepair(ref, headSha, now, pauseMs) {
      const first = new Date(new Date(now).getTime() + Math.min(pauseMs, DAY_MS));
      await db
        .insertInto("awaited_head")
        .values({
          repo: ref.repo,
          number: ref.number,
          head_sha: headSha,
          installation_id: ref.installationId,
          repairs: 1,
          next_repair_at: first,
        })
        .onConflict((conflict) =>
          conflict.columns(["repo", "head_sha", "number"]).doUpdateSet({
            repairs: sql`awaited_head.repairs + 1`,
            next_repair_at: sql`${now}::timestamptz
              + least(${pauseMs}::float8 * power(2, least(awaited_head.repairs, 20)), ${DAY_MS}::float8) * interval '1 millisecond'`,
          }),
        )
        .execute();
    },

    async deleteMergeGroupsBefore(instant) {
      await db.deleteFrom("awaited_head").where("is_merge_group", "=", true).where("seen_at", "<", new Date(instant)).execute();
    },
  };
}
