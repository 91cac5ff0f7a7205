import { sql } from "kysely";
import type { PullRequestRef } from "../model/job.ts";
import type { PullRequestSeen, PullRequestStore } from "../model/ports.ts";
import type { Database, Queries } from "./database.ts";

/** Saves what was seen of a pull request, unless something newer was seen. A head that is null leaves the known one. */
export async function savePullRequest(db: Queries, ref: PullRequestRef, seen: PullRequestSeen): Promise<void> {
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

/** Pull requests as they were last seen, in the database. */
export function createPullRequestStore(database: Database): PullRequestStore {
  return {
    savePullRequest: (ref, seen) => savePullRequest(database.db, ref, seen),

    async loadHead(ref) {
      const row = await database.db
        .selectFrom("pull_request")
        .where("repo", "=", ref.repo)
        .where("number", "=", ref.number)
        .select("head_sha")
        .executeTakeFirst();
      return row?.head_sha ?? null;
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
