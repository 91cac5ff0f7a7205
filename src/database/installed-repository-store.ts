import { sql } from "kysely";
import type { InstalledRepository, InstalledRepositoryStore } from "../model/recovery.ts";
import type { Database, Queries } from "./database.ts";

/** Rows of one statement: well below the 65,535 parameters that PostgreSQL takes. */
const ROWS_AT_ONCE = 1000;

async function insertRepositories(db: Queries, repositories: readonly InstalledRepository[], isUnswept: boolean): Promise<void> {
  for (let start = 0; start < repositories.length; start += ROWS_AT_ONCE)
    await db
      .insertInto("repository")
      .values(
        repositories.slice(start, start + ROWS_AT_ONCE).map(({ repo, installationId }) => ({ repo, installation_id: installationId })),
      )
      .onConflict((conflict) =>
        conflict
          .column("repo")
          .doUpdateSet((eb) => ({ installation_id: eb.ref("excluded.installation_id"), ...(isUnswept ? { swept_at: null } : {}) })),
      )
      .execute();
}

/** The repositories that the app is installed on, in the database. */
export function createInstalledRepositoryStore({ db }: Database): InstalledRepositoryStore {
  return {
    async saveRepositories(repositories) {
      await insertRepositories(db, repositories, false);
      await db
        .insertInto("repository")
        .columns(["repo", "installation_id"])
        .expression(
          db
            .selectFrom("pull_request")
            .where("state", "=", "open")
            .where(({ not, exists, selectFrom }) =>
              not(exists(selectFrom("repository").whereRef("repository.repo", "=", "pull_request.repo").select("repository.repo"))),
            )
            .groupBy("repo")
            .select(["repo", (eb) => eb.fn.max("installation_id").as("installation_id")]),
        )
        .onConflict((conflict) => conflict.column("repo").doNothing())
        .execute();
    },

    saveUnswept: (repositories) => insertRepositories(db, repositories, true),

    async findRepositories(installationId) {
      const rows = await db.selectFrom("repository").where("installation_id", "=", installationId).select("repo").execute();
      return rows.map((row) => row.repo);
    },

    async findLeastSwept(limit, before) {
      const rows = await db
        .selectFrom("repository")
        .where((eb) => eb.or([eb("swept_at", "is", null), eb("swept_at", "<", new Date(before))]))
        .orderBy(sql`swept_at nulls first`)
        .orderBy("repo")
        .limit(limit)
        .select(["repo", "installation_id"])
        .execute();
      return rows.map((row) => ({ repo: row.repo, installationId: row.installation_id }));
    },

    async saveSwept(repo, at) {
      await db.updateTable("repository").set({ swept_at: at }).where("repo", "=", repo).execute();
    },
  };
}
