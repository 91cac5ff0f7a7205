import type { RepositoryStore } from "../model/ports.ts";
import type { Database } from "./database.ts";

const TABLES = [
  "pull_request",
  "review",
  "sticky_comment",
  "risk_acceptance",
  "risk_comment",
  "pull_request_push",
  "policy",
  "shown_shortfalls",
  "repository",
  "awaited_head",
] as const;

/** What became of repositories, in the database. */
export function createRepositoryStore(database: Database): RepositoryStore {
  return {
    renameRepository: (from, to) =>
      database.transact(async (trx) => {
        for (const table of TABLES) {
          // A name that is taken by rows of an older repository stays theirs: the register's history is never merged.
          const taken = await trx.selectFrom(table).where("repo", "=", to).select("repo").limit(1).executeTakeFirst();
          if (!taken) await trx.updateTable(table).set({ repo: to }).where("repo", "=", from).execute();
        }
      }),

    async closeRepositories(installationId, repos) {
      if (repos?.length === 0) return;
      await database.db
        .deleteFrom("repository")
        .where("installation_id", "=", installationId)
        .$if(repos !== null, (query) => query.where("repo", "in", [...(repos ?? [])]))
        .execute();
      await database.db
        .updateTable("pull_request")
        .set({ state: "closed", updated_at: new Date() })
        .where("installation_id", "=", installationId)
        .where("state", "=", "open")
        .$if(repos !== null, (query) => query.where("repo", "in", [...(repos ?? [])]))
        .execute();
    },
  };
}
