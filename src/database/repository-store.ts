import { sql } from "kysely";
import type { RepositoryStore } from "../model/ports.ts";
import type { Database } from "./database.ts";

/** Tables that name repositories, each with what tells its rows apart within one. */
const TABLES = {
  pull_request: ["number"],
  review: ["number", "head_sha"],
  sticky_comment: ["number"],
  risk_acceptance: ["number", "accepted_by", "comment_id", "form_code"],
  risk_comment: ["source", "comment_id"],
  pull_request_push: ["number", "pusher_id", "before_sha", "after_sha"],
  policy: [],
  shown_shortfalls: ["id"],
  earned_plan: ["number"],
  repository: [],
  awaited_head: ["head_sha", "number"],
} as const;

/** What became of repositories, in the database. */
export function createRepositoryStore(database: Database): RepositoryStore {
  return {
    renameRepository: (from, to) =>
      database.transact(async (trx) => {
        for (const [table, keys] of Object.entries(TABLES)) {
          const same = keys.map((key) => sql`there.${sql.ref(key)} = ${sql.ref(`${table}.${key}`)}`);
          const isKnown = sql.join([sql`there.repo = ${to}`, ...same], sql` and `);
          await sql`update ${sql.table(table)} set repo = ${to}
            where repo = ${from} and not exists (select 1 from ${sql.table(table)} as there where ${isKnown})`.execute(trx);
          // The register keeps every row; of the rest, what came under the new name is newer.
          if (table !== "risk_acceptance") await sql`delete from ${sql.table(table)} where repo = ${from}`.execute(trx);
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
