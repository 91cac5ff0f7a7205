import { sql } from "kysely";
import type { ShownShortfallStore } from "../model/review-store.ts";
import type { Database } from "./database.ts";
import { storableJson } from "./storable-text.ts";

/** What checks said was short, and when, in the database. The clock is GitHub's; the database's where GitHub did not say. */
export function createShownShortfallStore(database: Database): ShownShortfallStore {
  return {
    saveShown: ({ repo, number }, fingerprints, since) =>
      database.transact(async (trx) => {
        const written = storableJson([...new Set(fingerprints)].toSorted());
        const newest = await trx
          .selectFrom("shown_shortfalls")
          .where("repo", "=", repo)
          .where("number", "=", number)
          .orderBy("id", "desc")
          .limit(1)
          .select(["fingerprints", "shown_at"])
          .executeTakeFirst();
        if (newest && JSON.stringify(newest.fingerprints) === written) return;
        // A commit that is the head again shows what it did before; this pull request shows it from now on.
        const isLater = since !== null && (!newest || Date.parse(since) > newest.shown_at.getTime());
        await trx
          .insertInto("shown_shortfalls")
          .values({ repo, number, fingerprints: written, ...(isLater ? { shown_at: since } : {}) })
          .execute();
      }),

    async loadShown(repo, number, at) {
      const row = await database.db
        .selectFrom("shown_shortfalls")
        .where("repo", "=", repo)
        .where("number", "=", number)
        // GitHub's times are whole seconds, rounded down.
        .where(sql<boolean>`date_trunc('second', shown_at) <= ${at}::timestamptz`)
        .orderBy("id", "desc")
        .limit(1)
        .select(["fingerprints", "shown_at"])
        .executeTakeFirst();
      // written by saveShown alone
      return row ? { fingerprints: row.fingerprints as readonly string[], since: row.shown_at.toISOString() } : null;
    },
  };
}
