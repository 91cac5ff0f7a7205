import { sql } from "kysely";
import type { PullRequestRef } from "../model/job.ts";
import type { PullRequestSeen, PullRequestStore } from "../model/pull-request-store.ts";
import type { Database, Queries } from "./database.ts";

/**
 * Saves what was seen of a pull request, unless something newer was seen. A head that is null leaves the known one; one that
 * differs is remembered as left.
 */
export async function savePullRequest(db: Queries, ref: PullRequestRef, seen: PullRequestSeen): Promise<void> {
  await saveLeftHead(db, ref, seen);
  const values = { installation_id: ref.installationId, state: seen.state, updated_at: seen.at };
  await db
    .insertInto("pull_request")
    .values({ repo: ref.repo, number: ref.number, head_sha: seen.headSha, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(["repo", "number"])
        .doUpdateSet({ ...values, head_sha: sql`coalesce(excluded.head_sha, pull_request.head_sha)` })
        .where(sql<boolean>`pull_request.updated_at <= excluded.updated_at`),
    )
    .execute();
}

async function saveLeftHead(db: Queries, ref: PullRequestRef, { headSha, at }: PullRequestSeen): Promise<void> {
  if (headSha === null) return;
  await db
    .insertInto("left_head")
    .columns(["repo", "number", "head_sha"])
    .expression(
      db
        .selectFrom("pull_request")
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .where("head_sha", "is not", null)
        .where("head_sha", "<>", headSha)
        .where("updated_at", "<=", new Date(at))
        .select(["repo", "number", sql<string>`head_sha`.as("head_sha")]),
    )
    .onConflict((conflict) => conflict.columns(["repo", "number", "head_sha"]).doNothing())
    .execute();
}

/** Pull requests as they were last seen, in the database. */
export function createPullRequestStore(database: Database): PullRequestStore {
  return {
    savePullRequest: (ref, seen) => database.transact((trx) => savePullRequest(trx, ref, seen)),

    async loadHead(ref) {
      const row = await database.db
        .selectFrom("pull_request")
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .select("head_sha")
        .executeTakeFirst();
      return row?.head_sha ?? null;
    },

    async loadLeftHeads(ref) {
      const rows = await database.db
        .selectFrom("left_head")
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .orderBy("head_sha")
        .select("head_sha")
        .execute();
      return rows.map((row) => row.head_sha);
    },

    async forgetLeftHead(ref, headSha) {
      await database.db
        .deleteFrom("left_head")
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .where("head_sha", "=", headSha)
        .execute();
    },

    async findOpenPullRequests(repo, limit) {
      const rows = await database.db
        .selectFrom("pull_request")
        .where("repo", "=", repo)
        .where("state", "=", "open")
        .orderBy("number", "desc")
        .limit(limit)
        .select(["installation_id", "repo", "number"])
        .execute();
      return rows.map((row) => ({ installationId: row.installation_id, repo: row.repo, number: row.number }));
    },

    async findOpenPullRequestsOfHead(repo, headSha) {
      const rows = await database.db
        .selectFrom("pull_request")
        .where("repo", "=", repo)
        .where("head_sha", "=", headSha)
        .where("state", "=", "open")
        .orderBy("number")
        .select(["installation_id", "repo", "number"])
        .execute();
      return rows.map((row) => ({ installationId: row.installation_id, repo: row.repo, number: row.number }));
    },
  };
}
