import { sql } from "kysely";
import type { PolicyStore } from "../model/policy-store.ts";
import type { Database } from "./database.ts";

/** The last valid policy of each repository, in the database. */
export function createPolicyStore({ db }: Database): PolicyStore {
  return {
    async savePolicy(repo, policy) {
      await db
        .insertInto("policy")
        .values({ repo, ...policy })
        .onConflict((conflict) =>
          conflict
            .column("repo")
            .doUpdateSet(policy)
            .where(sql<boolean>`policy.at <= excluded.at`),
        )
        .execute();
    },

    async loadPolicy(repo) {
      const row = await db.selectFrom("policy").where("repo", "=", repo).select(["text", "sha", "at"]).executeTakeFirst();
      return row ? { ...row, at: row.at.toISOString() } : null;
    },
  };
}
